const OFF = 'bihuan-keys-off'; // kept in this browser: who speaks to the computer must be able to turn letters off
const TYPED = 'textarea, select, input:not([type=checkbox]), [contenteditable]';

/**
 * The list by keyboard. The keys move the focus from title to title, so whoever reads by ear hears each row and Enter
 * opens it by itself; the arrows do so only where a title has the focus, and scroll the page elsewhere.
 */
export function useKeys(button, help) {
  const keys = {
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => inList() && move(1),
    ArrowUp: () => inList() && move(-1),
    x: select,
    c: claim,
    '/': () => search(button.dataset.search),
    '?': () => help.showModal(),
  };
  const use = help.querySelector('input[type=checkbox]');
  use.checked = !kept();
  use.addEventListener('change', () => keep(!use.checked));
  button.hidden = false;
  button.addEventListener('click', () => help.showModal());

  document.addEventListener('keydown', (event) => {
    const act = keys[event.key];
    if (!act || !use.checked || help.open || isTyped(event)) return;
    if (act() !== false) event.preventDefault();
  });
}

const isTyped = (event) => event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.target.closest(TYPED);

const titles = () => [...document.querySelectorAll('.rows a.title')];
const row = () => document.activeElement.closest('.rows tbody tr');
const inList = () => document.activeElement.matches('.rows a.title');

/** To the next title or the one before, from any place in a row; into the list at its first one. */
function move(step) {
  const all = titles();
  const here = all.indexOf(row()?.querySelector('a.title'));
  const next = all[here < 0 ? 0 : here + step];
  next?.focus();
  next?.closest('tr').scrollIntoView({ block: 'nearest' });
}

function select() {
  row()?.querySelector('input[type=checkbox]')?.click();
}

/** All that are selected; where none is, the row that has the focus. */
function claim() {
  const some = document.querySelector('.rows input[type=checkbox]:checked');
  (some ? document.querySelector('[data-claim-selected]') : row()?.querySelector('[data-claim]'))?.click();
}

function search(address) {
  const field = document.querySelector('input[type=search]');
  if (field) field.focus();
  else location.assign(address);
}

function kept() {
  try {
    return localStorage.getItem(OFF) === '1';
  } catch {
    return false;
  }
}

function keep(off) {
  try {
    localStorage.setItem(OFF, off ? '1' : '');
  } catch {
    // a browser that keeps nothing forgets it with the page
  }
}
