// Light or dark, before the first paint: the user's choice, or the system's.
const system = matchMedia('(prefers-color-scheme: dark)');

function apply() {
  const chosen = localStorage.getItem('theme');
  document.documentElement.dataset.bsTheme = chosen ?? (system.matches ? 'dark' : 'light');
}

apply();
system.addEventListener('change', apply);
document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-theme-choice]');
  if (!button) return;
  if (button.dataset.themeChoice === 'system') localStorage.removeItem('theme');
  else localStorage.setItem('theme', button.dataset.themeChoice);
  apply();
});
