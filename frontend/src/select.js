// A select one can type in; with data-url it asks the server for what it offers.
import TomSelect from 'tom-select/base';
import removeButton from 'tom-select/dist/esm/plugins/remove_button/plugin.js';

TomSelect.define('remove_button', removeButton);

export function start(select) {
  if (select.tomselect) return;
  const { url, create } = select.dataset;
  const focused = document.activeElement === select;
  const box = new TomSelect(select, {
    plugins: select.multiple ? ['remove_button'] : [],
    create: create !== undefined,
    maxOptions: 200,
    hidePlaceholder: true,
    openOnFocus: true,
    ...(url && {
      valueField: 'value',
      labelField: 'text',
      searchField: [],
      load: async (query, callback) => {
        const answer = await fetch(`${url}?q=${encodeURIComponent(query)}`, { headers: { Accept: 'application/json' } });
        callback(answer.ok ? await answer.json() : []);
      },
    }),
  });
  // The label names the new control; the select behind it is out of sight for everyone.
  select.setAttribute('aria-hidden', 'true');
  if (focused) box.focus();
}
