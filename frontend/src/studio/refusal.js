const make = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });

/**
 * Shows how an editor's saving stands. What the server says no to stands in a notice with what can be done about it, so
 * that nothing typed is lost: look at what somebody else saved, save over it, take one's own away as a file.
 */
export class Standing {
  /** `state` and `notice` are nodes; `take` gives the file away as a download. */
  constructor({ state, notice, take }) {
    Object.assign(this, { state, notice, take });
  }

  /** The `say` of an Autosave. */
  say(autosave, words, error) {
    this.state.textContent = error ? '没有保存' : words;
    if (!error) {
      if (words === '已保存') this.notice.hidden = true;
      return;
    }
    const offers = error.status === 409
      ? [this.#offer('看对方的', () => open(location.href)), this.#offer('用我的覆盖', () => autosave.go(error.answer.revision ?? 0))]
      : [this.#offer('再存一次', () => autosave.flush())];
    this.notice.replaceChildren(make('p', words), ...offers, this.#offer('把我的另存为文件下载', this.take));
    this.notice.hidden = false;
  }

  #offer(text, act) {
    const button = Object.assign(make('button', text), { type: 'button', className: 'btn btn-quiet btn-sm' });
    button.addEventListener('click', act);
    return button;
  }
}
