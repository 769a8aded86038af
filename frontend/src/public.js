// The public pages work without this: it fits the frame to the page, and sends a form once.
const framed = window.parent !== window && document.documentElement.hasAttribute('data-embed');

if (framed) {
  // The height of a public page is no secret, so any page may hear it.
  const tell = (message) => window.parent.postMessage({ zvans: message }, '*');
  const fit = () => tell({ height: Math.ceil(document.body.getBoundingClientRect().height) });
  new ResizeObserver(fit).observe(document.body);
  fit();
  if (document.referrer.startsWith(location.origin)) tell({ turned: true });
}

for (const form of document.querySelectorAll('form[data-once]')) {
  form.addEventListener('submit', () => {
    for (const button of form.querySelectorAll('button')) button.disabled = true;
  });
}
// Back from the next page: the form may be sent again.
window.addEventListener('pageshow', () => {
  for (const button of document.querySelectorAll('form[data-once] button')) button.disabled = false;
});
document.querySelector('.wrong :is(input, select, textarea)')?.focus();
