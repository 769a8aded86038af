// Cards that are moved between columns: dragged, or by Shift and an arrow key on the card in focus.
// The server answers with the card, the heads of the columns, and a notice that takes the move back.
import Sortable from 'sortablejs';
import htmx from 'htmx.org';

const list = (card) => card.closest('[data-column]');

async function send(card, putBack) {
  const failed = (event) => {
    if (event.detail.elt === card) putBack();
  };
  document.addEventListener('htmx:responseError', failed);
  document.addEventListener('htmx:sendError', failed);
  try {
    await htmx.ajax('POST', card.dataset.moveUrl, {
      source: card,
      target: card,
      swap: 'outerHTML',
      values: { stage: list(card).dataset.column, board: 1, next: location.pathname + location.search },
    });
  } catch {
    // The request did not arrive: the card is back already, and a notice says so.
  }
  document.removeEventListener('htmx:responseError', failed);
  document.removeEventListener('htmx:sendError', failed);
}

async function moveByKey(board, card, step) {
  const columns = [...board.querySelectorAll('[data-column]')];
  const from = list(card);
  const to = columns[columns.indexOf(from) + step];
  if (!to) return;
  const before = card.nextSibling;
  to.prepend(card);
  await send(card, () => from.insertBefore(card, before));
  const moved = document.getElementById(card.id);
  moved?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  moved?.querySelector('a')?.focus();
}

export function start(board) {
  let before; // What stood after the card that is being dragged.
  for (const column of board.querySelectorAll('[data-column]')) {
    Sortable.create(column, {
      group: 'board',
      draggable: '[data-move-url]',
      animation: 120,
      delay: 150,
      delayOnTouchOnly: true,
      onStart: ({ item }) => (before = item.nextSibling),
      onEnd: ({ item, to, from }) => {
        if (to === from) return;
        const place = before;
        send(item, () => from.insertBefore(item, place));
      },
    });
  }
  board.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const card = event.target.closest('[data-move-url]');
    if (!step || !card || !event.shiftKey) return;
    event.preventDefault();
    moveByKey(board, card, step);
  });
}
