// Links with data-dialog open their page's form in a dialog; without this script they just open the page.
import htmx from 'htmx.org';

const dialog = () => document.getElementById('dialog');

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-dialog]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  htmx.ajax('GET', link.href, { target: '#dialog-content', swap: 'innerHTML' });
});

document.addEventListener('htmx:afterSwap', (event) => {
  if (event.detail.target.id !== 'dialog-content') return;
  if (!dialog().open) dialog().showModal();
  dialog().querySelector('[autofocus], .is-invalid, input:not([type=hidden]), select, textarea')?.focus();
});

document.addEventListener('click', (event) => {
  if (event.target === dialog() || event.target.closest('[data-dialog-close]')) dialog()?.close();
});
