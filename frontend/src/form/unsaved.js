const EVERY = 5 * 60 * 1000; // a person who types is not idle: at most one word to the server in this time

/** Ask before a page with typed text is left, and keep the sign-in alive while somebody is typing. */
export function keepUnsaved(form) {
  let changed = form.hasAttribute('data-changed');
  let told = Date.now();
  form.addEventListener('input', () => {
    changed = true;
    if (Date.now() - told < EVERY) return;
    told = Date.now();
    if (form.dataset.alive) fetch(form.dataset.alive, { credentials: 'same-origin' }).catch(() => {});
  });
  form.addEventListener('submit', () => { changed = false; });
  window.addEventListener('beforeunload', (event) => {
    if (changed) event.preventDefault();
  });
}
