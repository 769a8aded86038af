// A button with data-insert puts its text where the caret last was in its form's fields.
let last = null;

document.addEventListener('focusin', (event) => {
  if (event.target.matches('textarea, input[type=text]')) last = event.target;
});

export function start(button) {
  button.addEventListener('click', () => {
    const form = button.closest('form');
    const field = last && form.contains(last) ? last : form.querySelector('textarea');
    field.setRangeText(button.dataset.insert, field.selectionStart, field.selectionEnd, 'end');
    field.focus();
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
}
