import '../css/diagram.css';
import Viewer from 'bpmn-js/lib/NavigatedViewer';
import { Caption } from '../diagram/caption.js';
import { describe } from '../diagram/elements.js';
import { fit } from '../diagram/fit.js';

// {diagrams: [{id, name, xml}], tokens: {element: how many}, done: [element], late: [element], clauses: {id: text}}
const page = JSON.parse(document.getElementById('page-data').textContent);
const holder = document.getElementById('canvas');
const viewer = new Viewer({ container: holder });
const canvas = viewer.get('canvas');
const registry = viewer.get('elementRegistry');
const caption = new Caption(document.getElementById('caption'), { titles: page.clauses ?? {}, onPick: (id) => pick(id) });
const late = new Set(page.late);
const done = new Set(page.done);
let picked = null;

async function open(diagram) {
  picked = null;
  await viewer.importXML(diagram.xml);
  const drawn = (id) => registry.get(id);
  for (const id of [...done].filter(drawn)) canvas.addMarker(id, 'is-done');
  tintTheWayTaken();
  const waiting = Object.keys(page.tokens).filter(drawn);
  for (const id of waiting) mark(id, page.tokens[id]);
  caption.standing(waiting.map((id) => ({ id, name: describe(drawn(id)).name, late: late.has(id) })));
  fit(viewer);
}

function mark(id, number) {
  canvas.addMarker(id, late.has(id) ? 'is-late' : 'is-active');
  const words = late.has(id) ? '逾期' : '在办';
  const html = Object.assign(document.createElement('div'), {
    className: late.has(id) ? 'token late' : 'token',
    textContent: number > 1 ? `${words} ${number}` : words,
  });
  viewer.get('overlays').add(id, { position: { top: -12, right: 24 }, html });
}

/** A flow is tinted when both its ends have been passed or reached: a sketch of the way, the history has the truth. */
function tintTheWayTaken() {
  for (const flow of registry.filter((element) => element.type === 'bpmn:SequenceFlow')) {
    const { source, target } = flow;
    if (done.has(source.id) && (done.has(target.id) || target.id in page.tokens)) canvas.addMarker(flow.id, 'is-done');
  }
}

function pick(id) {
  const element = registry.get(id);
  if (!element) return;
  if (picked) canvas.removeMarker(picked, 'is-picked');
  picked = id;
  canvas.addMarker(id, 'is-picked');
  if (element.width) canvas.scrollToElement(element, 60);
  caption.show(describe(element), stateOf(id));
}

function stateOf(id) {
  if (id in page.tokens) return late.has(id) ? '正在办理，已逾期' : '正在办理';
  return done.has(id) ? '已经过' : '';
}

viewer.on('element.click', ({ element }) => {
  if (element !== canvas.getRootElement()) pick(element.id);
});
document.getElementById('diagram-fit').addEventListener('click', () => fit(viewer));
document.getElementById('diagram-pick')?.addEventListener('change', ({ target }) => open(page.diagrams[target.selectedIndex]));
new ResizeObserver(() => fit(viewer)).observe(holder);

await open(page.diagrams[0]);
document.body.dataset.ready = '1';
