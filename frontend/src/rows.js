// Rows of a form: the spare ones are folded away, "another" unfolds the next with what the last one holds.
const parts = (row) => [...row.querySelectorAll('input, select')];

function empty(row) {
  for (const part of parts(row)) {
    if (part.matches('select')) part.selectedIndex = 0;
    else part.value = '';
  }
}

function copyTimes(from, to) {
  for (const part of parts(to)) {
    if (part.type !== 'time' && part.type !== 'number') continue;
    const same = parts(from).find((other) => other.type === part.type);
    if (same && !part.value) part.value = same.value;
  }
}

export function start(container) {
  const rows = [...container.children].filter((child) => child.matches('[data-row]'));
  const add = [...container.children].find((child) => child.matches('[data-row-add]'));
  const own = (row) => [...row.querySelectorAll('[data-row-remove]')].filter((button) => button.closest('[data-row]') === row);
  const refresh = () => { add.hidden = rows.every((row) => !row.hidden); };
  for (const row of rows) {
    row.hidden = row.hasAttribute('data-spare');
    for (const button of own(row)) {
      button.hidden = false;
      button.addEventListener('click', () => {
        empty(row);
        if (rows.filter((other) => !other.hidden).length > 1) row.hidden = true;
        refresh();
      });
    }
  }
  add.addEventListener('click', () => {
    const shown = rows.filter((row) => !row.hidden);
    const next = rows.find((row) => row.hidden);
    next.hidden = false;
    container.insertBefore(next, add);
    if (!next.querySelector('[data-rows]')) copyTimes(shown.at(-1), next);
    next.querySelector('select, input')?.focus();
    refresh();
  });
  refresh();
}
