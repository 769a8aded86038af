// Short notices go away by themselves; one with an action in it, or a warning, stays until it is closed.
import htmx from 'htmx.org';

htmx.onLoad((root) => {
  for (const toast of root.querySelectorAll('[data-toast=brief]')) setTimeout(() => toast.remove(), 6000);
});
document.addEventListener('click', (event) => event.target.closest('[data-toast-close]')?.closest('[data-toast]').remove());
for (const failure of ['htmx:responseError', 'htmx:sendError'])
  document.addEventListener(failure, (event) => {
    const notice = document.getElementById('toast-error')?.content.cloneNode(true);
    if (notice) document.getElementById('toasts').append(notice);
    event.preventDefault();
  });
