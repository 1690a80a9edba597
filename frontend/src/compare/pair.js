import Viewer from 'bpmn-js/lib/NavigatedViewer';
import { moveByFinger, showWhole, wheelOnlyWhenFocused } from '../diagram/view.js';

const WORDS = { added: '＋ 新增', removed: '－ 删除', changed: '△ 改动', moved: '↔' };
const READABLE = 0.7;

/** Two drawings of one diagram side by side: what differs is marked, and both show the same place. */
export class Pair {
  constructor(section, data) {
    this.data = data;
    this.sides = ['old', 'new'].filter((side) => data[side]).map((side) => this.#side(section, side));
    this.following = false;
    for (const side of this.sides) side.viewer.on('canvas.viewbox.changed', () => this.#follow(side));
    for (const button of section.querySelectorAll('[data-element]')) {
      button.addEventListener('click', () => this.look(button.dataset.element));
    }
  }

  async open() {
    for (const side of this.sides) {
      await side.viewer.importXML(await (await fetch(side.address)).text());
      this.#mark(side.viewer);
    }
    const first = this.sides[0];
    if (first) showWhole(first.viewer, first.holder);
  }

  /** Bring an element into sight, on both where both have it. */
  look(id) {
    for (const { viewer, holder } of this.sides) {
      const element = viewer.get('elementRegistry').get(id);
      if (!element) continue;
      const canvas = viewer.get('canvas');
      if (canvas.zoom() < READABLE) canvas.zoom(READABLE);
      canvas.scrollToElement(element, 80);
      holder.scrollIntoView({ block: 'nearest' });
      viewer.get('selection')?.select(element);
    }
  }

  #side(section, name) {
    const holder = section.querySelector(`.canvas.${name}`);
    const viewer = new Viewer({ container: holder });
    wheelOnlyWhenFocused(viewer);
    moveByFinger(viewer, holder);
    return { viewer, holder, address: this.data[name] };
  }

  #mark(viewer) {
    const registry = viewer.get('elementRegistry');
    for (const [id, kind] of Object.entries(this.data.marks)) {
      const element = registry.get(id);
      if (!element) continue;
      viewer.get('canvas').addMarker(id, `is-${kind}`);
      const html = Object.assign(document.createElement('div'), { className: `difference ${kind}`, textContent: WORDS[kind] });
      viewer.get('overlays').add(id, { position: { top: -12, left: 0 }, html });
    }
  }

  #follow(moved) {
    if (this.following) return;
    this.following = true;
    const { x, y, width, height } = moved.viewer.get('canvas').viewbox();
    for (const side of this.sides) {
      if (side !== moved) side.viewer.get('canvas').viewbox({ x, y, width, height });
    }
    this.following = false;
  }
}
