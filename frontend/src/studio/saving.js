import { Autosave } from './autosave.js';
import { download } from './download.js';

const make = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });

/**
 * Saves what an editor has by itself and says so. When the server refuses, what to do stands below the sentence:
 * nothing that was typed is lost. `read` gives the text, `state` are the words beside the title, `refused` the notice.
 */
export class Saving {
  constructor(file, read, { name, state, refused }) {
    Object.assign(this, { read, name, state, refused });
    this.autosave = new Autosave(file, read, (words, error) => this.#say(words, error));
  }

  changed() {
    this.autosave.changed();
  }

  #say(words, error) {
    this.state.textContent = error ? '没有保存' : words;
    if (error) this.#refuse(words, error);
    else if (words === '已保存') this.refused.hidden = true;
  }

  #refuse(words, error) {
    const again = error.answer?.closed ? [] : [offer('再存一次', () => this.autosave.flush())];
    const offers = error.status === 409 ? this.#conflict(error.answer) : again;
    this.refused.replaceChildren(make('p', words), ...offers, offer('把我的另存为文件下载', () => this.#download()));
    this.refused.hidden = false;
  }

  #conflict({ revision }) {
    return [
      offer('看对方的', () => open(location.href)),
      offer('用我的覆盖', () => this.autosave.go(revision)),
    ];
  }

  async #download() {
    download(new Blob([await this.read()]), this.name);
  }
}

/** A button that does this. */
export function offer(text, act) {
  const button = Object.assign(make('button', text), { type: 'button', className: 'btn btn-quiet btn-sm' });
  button.addEventListener('click', act);
  return button;
}
