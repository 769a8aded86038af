// A button that copies what stands in the field named by data-copy, and says so.
export function start(button) {
  button.addEventListener('click', async () => {
    const field = document.querySelector(button.dataset.copy);
    field.select();
    await navigator.clipboard?.writeText(field.value).catch(() => document.execCommand('copy'));
    button.querySelector('span').textContent = button.dataset.done;
  });
}
