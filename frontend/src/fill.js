// Choosing a program fills in what it has: price, lessons, places, and the usual minutes of a lesson.
export function start(select) {
  const { form } = select;
  const filled = new Map();
  const fill = () => {
    const { dataset } = select.selectedOptions[0] ?? {};
    if (!dataset) return;
    for (const name of ['price', 'lesson_count', 'capacity']) {
      const input = form.elements[name];
      if (!input || dataset[name] === undefined) continue;
      if (input.value && input.value !== filled.get(name)) continue;
      input.value = dataset[name];
      filled.set(name, input.value);
    }
    for (const input of form.querySelectorAll('[data-minutes]')) input.placeholder = dataset.minutes ?? '';
  };
  select.addEventListener('change', fill);
  fill();
}
