// A form whose act takes some seconds: its button shows that it works, and can't be pressed twice.
export function start(form) {
  form.addEventListener('submit', () => {
    form.setAttribute('aria-busy', 'true');
    for (const button of form.querySelectorAll('button')) setTimeout(() => (button.disabled = true));
  });
}
