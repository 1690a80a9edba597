import { ask } from '../studio/draft_file.js';
import { listed } from './numbers.js';

const QUIET = 600; // ms without a change before the server is asked

/** While somebody types, the lines that no step of the vocabulary fits are marked and told below. */
export class Checked {
  constructor({ check, token }, text, node, numbers) {
    Object.assign(this, { check, token, text, node, numbers, timer: 0, asked: 0 });
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now(), QUIET);
  }

  async now() {
    const asked = ++this.asked;
    let said;
    try {
      said = await (await ask(this.check, { method: 'POST', body: this.text.value, token: this.token })).json();
    } catch {
      return; // saving says when the network is away
    }
    if (asked !== this.asked) return;
    this.numbers.mark(said, 'wrong');
    this.node.replaceChildren(said.length ? listed(said, this.numbers) : '每一句都看得懂。');
  }
}
