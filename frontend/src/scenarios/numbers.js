/** The numbers beside the lines of a text, with marks at some of them. */
export class Numbers {
  constructor(list, text) {
    Object.assign(this, { list, text });
    text.addEventListener('scroll', () => { list.scrollTop = text.scrollTop; });
  }

  /** As many as the text has lines now. */
  follow() {
    const wanted = this.text.value.split('\n').length;
    while (this.list.children.length < wanted) this.list.append(document.createElement('li'));
    while (this.list.children.length > wanted) this.list.lastChild.remove();
    this.list.scrollTop = this.text.scrollTop;
  }

  /** `said`: [{line, words}]; takes earlier marks of this kind away. */
  mark(said, kind) {
    for (const each of this.list.querySelectorAll(`.${kind}`)) each.classList.remove(kind);
    for (const { line } of said) this.list.children[line - 1]?.classList.add(kind);
  }

  goTo(line) {
    const lines = this.text.value.split('\n');
    const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
    this.text.focus();
    this.text.setSelectionRange(start, start + (lines[line - 1] ?? '').length);
    const height = this.text.scrollHeight / lines.length;
    this.text.scrollTop = Math.max(0, (line - 4) * height);
  }
}

/** [{line, words}] as buttons that lead to the line. */
export function listed(said, numbers) {
  const list = document.createElement('ul');
  list.className = 'said';
  for (const { line, words } of said) {
    const button = Object.assign(document.createElement('button'), { type: 'button', textContent: `第 ${line} 行` });
    button.addEventListener('click', () => numbers.goTo(line));
    const item = list.appendChild(document.createElement('li'));
    item.append(button, `：${words}`);
  }
  return list;
}
