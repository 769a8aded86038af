// A button that copies what stands in the field (or element) named by data-copy, and says so.
export function start(button) {
  button.addEventListener('click', async () => {
    const source = document.querySelector(button.dataset.copy);
    if (source.select) source.select();
    else getSelection().selectAllChildren(source);
    // Without https there is no clipboard, but the old command copies what is selected.
    if (navigator.clipboard) await navigator.clipboard.writeText(source.value ?? source.textContent);
    else document.execCommand('copy');
    button.querySelector('span').textContent = button.dataset.done;
  });
}
