import { ask } from '../studio/draft_file.js';

const QUIET = 800; // ms without a change before it is checked
const LONG = 4000; // ms more before the other flows that lead here are checked too
const BADGE = 'lint';

const make = (tag, text, className = '') => Object.assign(document.createElement(tag), { textContent: text, className });

/** Has the server check what is drawn, lists what it finds below the board and marks it on the elements. */
export class Lint {
  /** `remarks`: what bpmn-js said while it opened the file, findings as well. */
  constructor(board, { check, sound, name, token }, node, remarks) {
    Object.assign(this, { board, check, sound, name, token, node, remarks, timer: 0, asked: 0 });
    board.on('commandStack.changed', () => this.#later());
    this.timer = setTimeout(() => this.run()); // the drawing is shown first
  }

  #later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.run(), QUIET);
  }

  async run() {
    const mine = (this.asked += 1);
    this.node.setAttribute('aria-busy', 'true');
    const found = await this.#found();
    if (mine !== this.asked) return; // something was drawn meanwhile, and is being checked
    this.node.setAttribute('aria-busy', 'false');
    if (!found) return;
    this.#show([...found, ...this.remarks]);
    this.timer = setTimeout(() => this.#runAll(mine), LONG);
  }

  /** A step that several flows share may be wrong in one of them alone. */
  async #runAll(mine) {
    const every = await this.#found('&every=1');
    if (every && mine === this.asked) this.#show([...every, ...this.remarks]);
  }

  async #found(more = '') {
    try {
      const { xml } = await this.board.saveXML({ format: true });
      return (await ask(`${this.check}${more}`, { method: 'POST', body: xml, token: this.token })).json();
    } catch (error) {
      this.node.replaceChildren(make('p', `没有检查成：${error.message}`, 'soft'));
      return null;
    }
  }

  #show(found) {
    const errors = found.filter(({ warning }) => !warning);
    const hints = found.filter(({ warning }) => warning);
    const words = [errors.length && `${errors.length} 处错误，改好才能发布`, hints.length && `${hints.length} 条提示`].filter(Boolean);
    const list = make('ol', '');
    list.append(...[...errors, ...hints].map((each) => this.#line(each)));
    this.node.replaceChildren(make('h2', words.join('，') || '没有问题'), list);
    this.#mark(found);
  }

  #line({ element, message, warning, file, has_way: hasWay }) {
    const line = make('li', '', warning ? 'hint' : 'error');
    line.append(make('b', warning ? '提示' : '错误'));
    const drawn = this.#drawn(element);
    const text = file && file !== this.name ? `${file}：${message}` : message;
    const words = line.appendChild(make(drawn ? 'button' : 'span', text));
    if (drawn) words.type = 'button';
    if (drawn) words.addEventListener('click', () => this.#point(drawn));
    if (hasWay) line.append(this.#way(element));
    return line;
  }

  /** How a case comes there, beside this page: what is drawn here stays as it is. */
  #way(element) {
    const link = make('a', '看反例');
    return Object.assign(link, { href: `${this.sound}?element=${encodeURIComponent(element)}`, target: '_blank', rel: 'noopener' });
  }

  #point(element) {
    this.board.get('canvas').scrollToElement(element, 80);
    this.board.get('selection').select(element);
    this.board.get('canvas').focus(); // so that Delete and the other keys are for it
  }

  /** What is drawn for an id: of a process its pool. */
  #drawn(id) {
    const registry = this.board.get('elementRegistry');
    return id && (registry.get(id) ?? registry.find(({ businessObject }) => businessObject?.processRef?.id === id));
  }

  #mark(found) {
    const overlays = this.board.get('overlays');
    overlays.remove({ type: BADGE });
    const drawn = new Set(found.map(({ element }) => this.#drawn(element)).filter(Boolean));
    for (const element of drawn) {
      const findings = found.filter((each) => this.#drawn(each.element) === element);
      const isError = findings.some(({ warning }) => !warning);
      const html = make('div', isError ? '!' : 'i', `lint-badge ${isError ? 'error' : 'hint'}`);
      html.title = findings.map(({ message }) => message).join('\n');
      overlays.add(element, BADGE, { scale: { min: 0.9, max: 1.3 }, position: element.waypoints ? { top: 0, left: 0 } : { top: -10, left: -10 }, html });
    }
  }
}

/** What bpmn-js remarks when it opens a file: what it does not understand is gone once it is saved. */
export function remarksOf(warnings) {
  return warnings.map(({ message }) => {
    const [, what] = /<([^>]+)>/.exec(message) ?? [];
    const lost = `编辑器读不懂“${what ?? message.split('\n')[0]}”，保存以后文件里就没有它了。`;
    return { element: '', file: '', warning: true, message: message.startsWith('unresolved') ? `文件里没有所指的“${what}”。` : lost };
  });
}
