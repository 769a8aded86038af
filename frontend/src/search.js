// The search box: "/" focuses it, arrows walk its results, Enter opens the first; pressed before the answer to
// what is typed has come, it waits for that answer.
const box = () => document.getElementById('search');
const results = () => [...document.querySelectorAll('#search-results a')];
let awaited = false;
let opening = false;

document.addEventListener('input', (event) => {
  if (event.target === box()) [awaited, opening] = [event.target.value.trim().length > 1, false];
});

document.addEventListener('htmx:afterSwap', (event) => {
  if (event.detail.target.id !== 'search-results') return;
  if (opening) results()[0]?.click();
  [awaited, opening] = [false, false];
});

for (const failure of ['htmx:sendError', 'htmx:responseError']) {
  document.addEventListener(failure, () => { [awaited, opening] = [false, false]; });
}

document.addEventListener('keydown', (event) => {
  const typing = event.target.closest?.('input, textarea, select, [contenteditable]');
  if (event.key === '/' && !typing && box()) {
    event.preventDefault();
    box().focus();
    box().select();
  }
  if (!event.target.closest?.('[role=search]')) return;
  const links = results();
  const at = links.indexOf(document.activeElement);
  if (event.key === 'ArrowDown' && links.length) {
    event.preventDefault();
    links[Math.min(at + 1, links.length - 1)].focus();
  } else if (event.key === 'ArrowUp' && at >= 0) {
    event.preventDefault();
    (links[at - 1] ?? box()).focus();
  } else if (event.key === 'Enter' && event.target === box() && (awaited || links.length)) {
    event.preventDefault();
    if (awaited) opening = true;
    else links[0].click();
  } else if (event.key === 'Escape') {
    document.getElementById('search-results').replaceChildren();
    box().focus();
  }
});

document.addEventListener('click', (event) => {
  if (!event.target.closest('[role=search]')) document.getElementById('search-results')?.replaceChildren();
});
