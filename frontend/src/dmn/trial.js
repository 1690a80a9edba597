import { goTo, markRows } from './marks.js';

const make = (tag, text, more = {}) => Object.assign(document.createElement(tag), { textContent: text, ...more });
const INPUTS = { number: { inputMode: 'decimal' }, date: { type: 'date' }, dateTime: { type: 'datetime-local' } };
const KINDS = { error: '有误', overlap: '重叠', gap: '漏掉' };

/** 试一试 and what is wrong with the table, beside it. `changed` is called when somebody types a value. */
export class Trial {
  /** `places`: {fields, answer, faults}, elements of the page; `container`: the editor's. */
  constructor(places, container, changed) {
    Object.assign(this, { ...places, container, asked: '' });
    this.fields.addEventListener('input', changed);
  }

  /** What has been typed, by key. */
  typed() {
    const inputs = this.fields.querySelectorAll('[data-key]');
    return Object.fromEntries([...inputs].map((input) => [input.dataset.key, input.value]));
  }

  /** Shows what the server said of the table: {faults, complete, asked, tried}. */
  show(look) {
    this.#ask(look.asked, look.labels);
    this.#answer(look.tried);
    this.#list(look);
    const held = (look.tried?.rules ?? []).map((id) => [id, 'held']);
    markRows([...(this.#hasTyped() ? held : []), ...look.faults.map(({ element, kind }) => [element, kind])]);
  }

  /** The fields are drawn anew only when the table asks for something else: what was typed stays. */
  #ask(asked, labels) {
    const sign = JSON.stringify([asked, labels]);
    if (sign === this.asked || !asked.length) return;
    const typed = this.typed();
    this.asked = sign;
    const fields = asked.map((each, place) => this.#field({ ...each, labels: labels[each.key] ?? {} }, `try-${place}`, typed[each.key] ?? ''));
    const deciding = asked.filter(({ decides }) => decides).length; // these come first
    const more = make('details', '');
    more.append(make('summary', '结论里还用到的'), ...fields.slice(deciding));
    this.fields.replaceChildren(...fields.slice(0, deciding), ...(deciding < fields.length ? [more] : []));
  }

  #field({ key, label, type, choices, labels }, id, value) {
    const line = make('div', '', { className: 'asked' });
    const name = make('label', label, { htmlFor: id });
    if (label !== key) name.append(make('code', key, { className: 'soft small' }));
    const input = type === 'boolean' ? choice(['true', 'false']) : make('input', '', { autocomplete: 'off', ...INPUTS[type] });
    Object.assign(input, { id, className: type === 'boolean' ? 'form-select' : 'form-control', value });
    input.dataset.key = key;
    line.append(name, input);
    if (choices.length && type !== 'boolean') {
      line.append(listOf(choices, labels, `${id}-list`));
      input.setAttribute('list', `${id}-list`);
    }
    return line;
  }

  #hasTyped() {
    return Object.values(this.typed()).some((text) => text !== '');
  }

  #answer(tried) {
    if (!tried || (!this.#hasTyped() && this.fields.children.length)) {
      this.answer.replaceChildren(make('p', '填上面的值，这里显示哪几行适用、结论是什么。', { className: 'soft' }));
      return;
    }
    const rows = make('p', tried.rows.length ? `适用：第 ${tried.rows.join('、')} 行` : '没有一行适用');
    const outputs = make('dl', '', { className: 'facts' });
    for (const [label, text] of Object.entries(tried.outputs)) outputs.append(make('dt', label), make('dd', text));
    const problem = tried.problem ? [make('div', tried.problem, { className: 'notice bad' })] : [];
    this.answer.replaceChildren(rows, outputs, ...problem);
  }

  #list({ faults, complete }) {
    const lines = faults.map(({ element, kind, message }) => {
      const line = make('li', '');
      const button = make('button', message, { type: 'button', className: 'btn btn-link' });
      button.addEventListener('click', () => goTo(this.container, element));
      line.append(make('span', KINDS[kind], { className: `light ${kind === 'error' ? 'red' : 'yellow'}` }), button);
      return line;
    });
    if (!faults.length && complete) lines.push(make('li', '没有重叠，没有漏掉的情形。'));
    if (!complete && !faults.some(({ kind }) => kind === 'error')) lines.push(make('li', '有的单元格要到办件时才知道，或情形太多：重叠和漏掉的没有查全。', { className: 'soft' }));
    this.faults.replaceChildren(...lines);
  }
}

function choice(texts) {
  const select = document.createElement('select');
  const words = { '': '（空）', true: '是', false: '否' };
  for (const text of ['', ...texts]) select.append(make('option', words[text] ?? text, { value: text }));
  return select;
}

function listOf(choices, labels, id) {
  const list = make('datalist', '', { id });
  list.append(...choices.map((text) => make('option', labels[text] ?? '', { value: text })));
  return list;
}
