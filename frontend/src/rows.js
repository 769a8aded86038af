// Rows of a form set: spare ones are hidden until asked for, a removed one is emptied; the server skips empty rows.
export function start(set) {
  if (set.dataset.started) return;
  set.dataset.started = '';
  const total = set.querySelector('[name$=TOTAL_FORMS]');
  const template = set.querySelector('template');
  const add = set.querySelector('[data-rows-add]');
  const rows = () => [...set.querySelectorAll('[data-row]')];
  const fields = (row) => [...row.querySelectorAll('input')];
  const isEmpty = (row) => fields(row).every((field) => !field.value);

  function equip(row) {
    const remove = row.querySelector('[data-row-remove]');
    remove.hidden = false;
    remove.addEventListener('click', () => {
      for (const field of fields(row)) field.value = '';
      row.hidden = true;
      add.focus();
    });
  }

  function append() {
    const holder = document.createElement('div');
    holder.innerHTML = template.innerHTML.replaceAll('__prefix__', total.value);
    total.value = Number(total.value) + 1;
    const row = holder.firstElementChild;
    add.before(row);
    equip(row);
    return row;
  }

  rows().forEach((row) => equip(row));
  const spare = rows().filter(isEmpty);
  const shown = rows().length > spare.length ? spare : spare.slice(1);
  for (const row of shown) row.hidden = true;
  add.hidden = false;
  add.addEventListener('click', () => {
    const row = rows().find((candidate) => candidate.hidden) ?? append();
    row.hidden = false;
    row.querySelector('input').focus();
  });
}
