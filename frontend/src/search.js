// The search box: "/" focuses it, arrows walk its results, Enter opens the marked one.
const box = () => document.getElementById('search');
const results = () => [...document.querySelectorAll('#search-results a')];

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
  } else if (event.key === 'Enter' && event.target === box() && links.length) {
    event.preventDefault();
    links[0].click();
  } else if (event.key === 'Escape') {
    document.getElementById('search-results').replaceChildren();
    box().focus();
  }
});

document.addEventListener('click', (event) => {
  if (!event.target.closest('[role=search]')) document.getElementById('search-results')?.replaceChildren();
});
