import { Autosave } from '../studio/autosave.js';
import { saveText } from './exporting.js';

const make = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });

/**
 * Saves the diagram by itself and says so. When the server refuses, what to do stands below the sentence: nothing that
 * was drawn is lost.
 */
export class Saving {
  /** `file` is a DraftFile, `state` the words beside the title, `refused` the notice above the board. */
  constructor(board, file, { name, state, refused }) {
    Object.assign(this, { board, name, state, refused });
    this.autosave = new Autosave(file, () => this.#xml(), (words, error) => this.#say(words, error));
    board.on('commandStack.changed', () => this.autosave.changed());
  }

  async #xml() {
    return (await this.board.saveXML({ format: true })).xml;
  }

  #say(words, error) {
    this.state.textContent = error ? '没有保存' : words;
    if (error) this.#refuse(words, error);
    else if (words === '已保存') this.refused.hidden = true;
  }

  #refuse(words, error) {
    const offers = error.status === 409 ? this.#conflict(error.answer) : [this.#offer('再存一次', () => this.autosave.flush())];
    this.refused.replaceChildren(make('p', words), ...offers, this.#offer('把我的另存为文件下载', () => this.#download()));
    this.refused.hidden = false;
  }

  #conflict({ revision }) {
    return [
      this.#offer('看对方的', () => open(location.href)),
      this.#offer('用我的覆盖', () => this.autosave.go(revision ?? 0)),
    ];
  }

  #offer(text, act) {
    const button = Object.assign(make('button', text), { type: 'button', className: 'btn btn-quiet btn-sm' });
    button.addEventListener('click', act);
    return button;
  }

  async #download() {
    saveText(await this.#xml(), this.name);
  }
}
