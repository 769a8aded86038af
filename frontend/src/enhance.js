// Give life to what has just come into the page; each behaviour is loaded only where it is used.
const behaviours = {
  '[data-copy]': () => import('./copy.js'),
  '[data-busy]': () => import('./busy.js'),
  '[data-guess-place]': () => import('./guess-place.js'),
  '[data-insert]': () => import('./insert.js'),
  '[data-select]': () => import('./select.js'),
  '[data-board]': () => import('./board.js'),
  '[data-rows]': () => import('./rows.js'),
  'select[data-fill]': () => import('./fill.js'),
};

export async function enhance(root) {
  for (const [selector, load] of Object.entries(behaviours)) {
    const elements = [...root.querySelectorAll(selector)];
    if (root.matches?.(selector)) elements.push(root);
    if (elements.length === 0) continue;
    const { start } = await load();
    for (const element of elements) start(element);
  }
  root.querySelectorAll('[data-submit-on-change]').forEach((form) => {
    form.addEventListener('change', () => form.requestSubmit());
  });
  root.querySelectorAll('[data-back]').forEach((link) => {
    link.addEventListener('click', (event) => {
      if (!link.closest('dialog')) return;
      event.preventDefault();
      link.closest('dialog').close();
    });
  });
}
