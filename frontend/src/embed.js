// Put into any page as <script src="https://…/embed.js" data-zvans="groups" async></script>; docs/using/website.md explains.
(() => {
  const tag = document.currentScript;
  if (!tag) return;
  const site = new URL(tag.src);
  const { zvans, group, theme = 'light', ...rest } = tag.dataset;
  const address = new URL(group ? `/join/${+group}/` : zvans === 'form' ? '/join/ask/' : '/join/', site);
  const query = address.searchParams;
  query.set('embed', '1');
  query.set('theme', theme);
  query.set('lang', rest.lang || document.documentElement.lang);
  for (const name of ['program', 'branch', 'accent']) if (rest[name]) query.set(name, rest[name]);
  for (const [name, value] of new URLSearchParams(location.search)) if (name.startsWith('utm_')) query.set(name, value);
  query.set('referrer', document.referrer);
  query.set('page', location.href.split('#')[0]);

  const frame = document.createElement('iframe');
  frame.title = rest.title || 'Open groups';
  frame.src = address;
  // The same colour scheme as inside, or browsers paint the frame opaque.
  frame.style.cssText = 'display:block;width:100%;height:480px;border:0;background:transparent';
  frame.style.colorScheme = theme === 'auto' ? 'light dark' : theme;
  window.addEventListener('message', (event) => {
    if (event.origin !== site.origin || event.source !== frame.contentWindow || !event.data?.zvans) return;
    const { height, turned } = event.data.zvans;
    if (height > 0) frame.style.height = `${height}px`;
    if (turned && frame.getBoundingClientRect().top < 0) frame.scrollIntoView();
  });
  tag.after(frame);
})();
