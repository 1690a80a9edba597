/** The vocabulary beside a text: searched by words, and a click puts the example on a line of its own below the cursor. */
export function offerSentences(list, search, text, changed) {
  search.addEventListener('input', () => {
    const words = search.value.trim().split(/\s+/);
    for (const item of list.querySelectorAll('li')) item.hidden = !words.every((word) => item.dataset.words.includes(word));
    for (const chapter of list.querySelectorAll('ul')) chapter.previousElementSibling.hidden = !chapter.querySelector('li:not([hidden])');
  });
  list.addEventListener('click', ({ target }) => {
    if (target.dataset.line) insert(text, target.dataset, changed);
  });
}

function insert(text, { line, table }, changed) {
  const end = text.value.indexOf('\n', text.selectionEnd);
  const place = end < 0 ? text.value.length : end;
  const words = `\n    ${line}${table ? '\n      | 字段 | 值 |' : ''}`;
  text.focus();
  text.setSelectionRange(place, place);
  // Through the browser's own editing, so that Ctrl+Z takes it back; it tells `input` itself.
  if (document.execCommand('insertText', false, words)) return;
  text.setRangeText(words, place, place, 'end');
  changed();
}
