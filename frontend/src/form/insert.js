/** Buttons beside the form that put the words of another element (data-insert) into one of its fields (data-into). */
export function insertWords(form) {
  for (const button of document.querySelectorAll('[data-insert]')) {
    const box = boxOf(form, button.dataset.into);
    button.hidden = !box;
    button.addEventListener('click', () => put(box, document.getElementById(button.dataset.insert).textContent));
  }
}

function boxOf(form, key) {
  return form.querySelector(`[data-key="${key}"]`)?.querySelector('textarea');
}

/** Buttons beside the form that choose a value (data-choose) in one of its lists (data-into). */
export function chooseValues(form) {
  for (const button of document.querySelectorAll('[data-choose]')) {
    const list = form.querySelector(`[data-key="${button.dataset.into}"] select`);
    button.hidden = ![...(list?.options ?? [])].some((option) => option.value === button.dataset.choose && !option.disabled);
    button.addEventListener('click', () => {
      list.value = button.dataset.choose;
      told(list);
      list.focus();
    });
  }
}

function told(control) {
  control.dispatchEvent(new Event('input', { bubbles: true }));
  control.dispatchEvent(new Event('change', { bubbles: true }));
}

/** Where the cursor is or last was, else at the end; nothing that is typed already goes. */
export function put(box, words) {
  const at = box.selectionEnd || box.value.length;
  box.focus();
  box.setRangeText(words, at, at, 'end');
  told(box);
}
