const make = (tag, text, className = '') => Object.assign(document.createElement(tag), { textContent: text, className });

/** The words beside the drawing: where the case stands, and what the picked element is. */
export class Caption {
  constructor(node, onPick) {
    this.onPick = onPick;
    this.where = node.appendChild(document.createElement('div'));
    this.picked = node.appendChild(document.createElement('div'));
    this.picked.setAttribute('aria-live', 'polite');
    this.hint();
  }

  /** `elements` is [{id, name, late}]: those that wait now; `late` is what is said of that, or false. */
  standing(elements) {
    const list = document.createElement('ul');
    for (const element of elements) {
      const button = make('button', element.late ? `${element.name}（${element.late}）` : element.name, element.late ? 'late' : '');
      button.type = 'button';
      button.addEventListener('click', () => this.onPick(element.id));
      list.appendChild(document.createElement('li')).append(button);
    }
    this.where.replaceChildren(make('h3', '正在办理'), elements.length ? list : make('p', '本图中没有正在办理的环节。', 'soft'));
    this.hint();
  }

  hint() {
    this.picked.replaceChildren(make('p', '点击图中的环节，查看它的名称和依据条款。', 'soft'));
  }

  show({ name, kind, clauses }, state) {
    const parts = [make('h3', name), make('p', [kind, state].filter(Boolean).join(' · '), 'soft')];
    if (clauses.length) {
      const line = make('p', '依据 ', 'clause');
      line.append(...clauses.map((clause) => make('b', clause)));
      parts.push(line);
    }
    this.picked.replaceChildren(...parts);
  }
}
