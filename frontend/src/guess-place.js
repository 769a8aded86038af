// The set-up page, before anything is typed: the browser's time zone tells which country to fill in.
export function start() {
  const address = new URL(location.href);
  if (address.searchParams.has('zone')) return;
  address.searchParams.set('zone', Intl.DateTimeFormat().resolvedOptions().timeZone ?? '');
  location.replace(address);
}
