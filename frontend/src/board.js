// Cards that are dragged between columns; the keyboard moves them with the buttons that each card has.
import Sortable from 'sortablejs';
import htmx from 'htmx.org';

export function start(board) {
  for (const column of board.querySelectorAll('[data-column]')) {
    Sortable.create(column, {
      group: 'board',
      draggable: '[data-move-url]',
      animation: 120,
      delay: 150,
      delayOnTouchOnly: true,
      onEnd: ({ item, to, from, oldIndex }) => {
        if (to === from) return;
        htmx
          .ajax('POST', item.dataset.moveUrl, { values: { stage: to.dataset.column }, target: item, swap: 'outerHTML' })
          .catch(() => from.insertBefore(item, from.children[oldIndex] ?? null));
      },
    });
  }
}
