import '../css/diagram.css';
import Viewer from 'bpmn-js/lib/NavigatedViewer';
import { Caption } from '../diagram/caption.js';
import { describe } from '../diagram/elements.js';
import { moveByFinger, showBest, showWhole, wheelOnlyWhenFocused, zoomIn, zoomOut } from '../diagram/view.js';

// {diagrams: [{id, address of its XML, tokens: {element: how many wait there}, done: [element], late: [element]}],
//  opened: null for a case; for a flow the diagram to begin with, the fragment names the element to look at}
const { diagrams, opened } = JSON.parse(document.getElementById('page-data').textContent);
const holder = document.getElementById('canvas');
const viewer = new Viewer({ container: holder });
const canvas = viewer.get('canvas');
const registry = viewer.get('elementRegistry');
const caption = new Caption(document.getElementById('caption'), pick);
let shown;
let picked;

async function open(diagram) {
  shown = diagram;
  if (choose) choose.selectedIndex = diagrams.indexOf(diagram);
  picked = undefined;
  await viewer.importXML(await (await fetch(diagram.address)).text());
  for (const id of diagram.done.filter(isDrawn)) canvas.addMarker(id, 'is-done');
  tintTheWayTaken();
  const waiting = Object.keys(diagram.tokens).filter(isDrawn);
  for (const id of new Set([...waiting, ...diagram.late.filter(isDrawn)])) mark(id);
  if (opened === null) caption.standing(waiting.map((id) => ({ id, name: describe(registry.get(id)).name, late: isLate(id) })));
  showBest(viewer, holder, registry.get(waiting[0] ?? asked()));
}

/** The element that the address names; none of this diagram, none. */
const asked = () => decodeURIComponent(location.hash.slice(1));

function pickAsked() {
  if (isDrawn(asked())) pick(asked());
}

const isDrawn = (id) => Boolean(registry.get(id));
const isLate = (id) => shown.late.includes(id);
const isDone = (id) => shown.done.includes(id);
const isWaiting = (id) => id in shown.tokens;

function mark(id) {
  canvas.addMarker(id, isLate(id) ? 'is-late' : 'is-active');
  const number = shown.tokens[id] ?? 1;
  const html = document.createElement('div');
  html.className = isLate(id) ? 'token late' : 'token';
  html.textContent = (isLate(id) ? '逾期' : '在办') + (number > 1 ? ` ${number}` : '');
  viewer.get('overlays').add(id, { position: { top: -12, right: 30 }, html });
}

/** A flow is tinted when both its ends have been passed or reached: a sketch of the way, the history has the truth. */
function tintTheWayTaken() {
  for (const flow of registry.filter((element) => element.type === 'bpmn:SequenceFlow')) {
    if (isDone(flow.source.id) && (isDone(flow.target.id) || isWaiting(flow.target.id))) canvas.addMarker(flow, 'is-done');
  }
}

function pick(id) {
  const element = registry.get(id);
  if (!element || element === canvas.getRootElement()) return;
  if (picked) canvas.removeMarker(picked, 'is-picked');
  picked = id;
  canvas.addMarker(id, 'is-picked');
  if (element.width) canvas.scrollToElement(element, 60);
  caption.show(describe(element), stateOf(id));
}

function stateOf(id) {
  if (isWaiting(id)) return isLate(id) ? '正在办理，已逾期' : '正在办理';
  return isDone(id) ? '已经过' : '';
}

viewer.on('element.click', ({ element }) => pick(element.id));
for (const [id, act] of [['diagram-fit', showWhole], ['diagram-in', zoomIn], ['diagram-out', zoomOut]]) {
  document.getElementById(id).addEventListener('click', () => act(viewer, holder));
}
const choose = document.getElementById('diagram-pick');
choose?.addEventListener('change', ({ target }) => open(diagrams[target.selectedIndex]));

wheelOnlyWhenFocused(viewer);
moveByFinger(viewer, holder);
const first = (diagram) => (opened === null ? Object.keys(diagram.tokens).length : diagram.id === opened);
await open(diagrams.find(first) ?? diagrams[0]);
if (opened !== null) {
  pickAsked();
  addEventListener('hashchange', pickAsked);
}
document.body.dataset.ready = '1';
