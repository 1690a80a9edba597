const INPUT = '.djs-search-input input';

/** bpmn-js searches on each key; a Chinese input method gives words without one, and keys that are not meant for us. */
export function searchByInputMethod(holder) {
  holder.addEventListener('keyup', (event) => {
    if (event.isComposing && event.target.matches(INPUT)) event.stopPropagation();
  }, true);
  holder.addEventListener('input', ({ target, isComposing }) => {
    if (target.matches(INPUT) && !isComposing) target.dispatchEvent(new KeyboardEvent('keyup', { bubbles: true }));
  });
  holder.addEventListener('compositionend', ({ target }) => {
    if (target.matches(INPUT)) target.dispatchEvent(new KeyboardEvent('keyup', { bubbles: true }));
  });
}
