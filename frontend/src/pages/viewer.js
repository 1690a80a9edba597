import '../css/diagram.css';
import Viewer from 'bpmn-js/lib/NavigatedViewer';
import { Caption } from '../diagram/caption.js';
import { describe } from '../diagram/elements.js';
import { Replay } from '../diagram/replay.js';
import { moveByFinger, showBest, showWhole, wheelOnlyWhenFocused, zoomIn, zoomOut } from '../diagram/view.js';

// {diagrams: [{id, address of its XML, tokens: {element: how many wait there}, done: [element], late: [element],
//   frames: the way it came, see diagram/replay.js}],
//  opened: null for a case; for a flow the diagram to begin with, the fragment names the element to look at;
//  late: what is said of what is late, on its mark and beside the drawing}
const { diagrams, opened, late } = JSON.parse(document.getElementById('page-data').textContent);
const [LATE, IS_LATE] = late ?? ['逾期', '正在办理，已逾期'];
const BESIDE = late ? LATE : '已逾期';
const holder = document.getElementById('canvas');
const viewer = new Viewer({ container: holder });
const canvas = viewer.get('canvas');
const registry = viewer.get('elementRegistry');
const caption = new Caption(document.getElementById('caption'), pick);
const replay = document.getElementById('replay') && new Replay(document.getElementById('replay'), showStanding);
const marked = [];
let shown;
let standing; // what of it is on the screen: the present, or an earlier step
let picked;

async function open(diagram) {
  shown = diagram;
  if (choose) choose.selectedIndex = diagrams.indexOf(diagram);
  picked = undefined;
  await viewer.importXML(await (await fetch(diagram.address)).text());
  marked.length = 0; // another drawing has marks of its own
  showStanding(null);
  replay?.load(diagram.frames);
  showBest(viewer, holder, registry.get(Object.keys(diagram.tokens).find(isDrawn) ?? asked()));
}

/** The drawing as it stood at an earlier step; null: as it stands now. */
function showStanding(earlier) {
  standing = earlier ?? { ...shown, step: [] };
  viewer.get('overlays').clear();
  for (const [element, name] of marked.splice(0)) canvas.removeMarker(element, name);
  for (const id of standing.done.filter(isDrawn)) tint(id, 'is-done');
  tintTheWayTaken();
  const waiting = Object.keys(standing.tokens).filter(isDrawn);
  for (const id of new Set([...waiting, ...standing.late.filter(isDrawn)])) mark(id);
  const steps = standing.step.filter(isDrawn);
  for (const id of steps) tint(id, 'is-step');
  if (opened === null) caption.standing(waiting.map((id) => ({ id, name: describe(registry.get(id)).name, late: isLate(id) && BESIDE })));
  const look = registry.get(steps.at(-1) ?? waiting[0]);
  if (earlier && look?.width) canvas.scrollToElement(look, 60);
}

function tint(element, name) {
  canvas.addMarker(element, name);
  marked.push([element, name]);
}

/** The element that the address names; none of this diagram, none. */
const asked = () => decodeURIComponent(location.hash.slice(1));

function pickAsked() {
  if (isDrawn(asked())) pick(asked());
}

const isDrawn = (id) => Boolean(registry.get(id));
const isLate = (id) => standing.late.includes(id);
const isDone = (id) => standing.done.includes(id);
const isWaiting = (id) => id in standing.tokens;

function mark(id) {
  tint(id, isLate(id) ? 'is-late' : 'is-active');
  const number = standing.tokens[id] ?? 1;
  const html = document.createElement('div');
  html.className = isLate(id) ? 'token late' : 'token';
  html.textContent = (isLate(id) ? LATE : '在办') + (number > 1 ? ` ${number}` : '');
  viewer.get('overlays').add(id, { position: { top: -12, right: 30 }, html });
}

/** A flow is tinted when both its ends have been passed or reached: a sketch of the way, the history has the truth. */
function tintTheWayTaken() {
  for (const flow of registry.filter((element) => element.type === 'bpmn:SequenceFlow')) {
    if (isDone(flow.source.id) && (isDone(flow.target.id) || isWaiting(flow.target.id))) tint(flow, 'is-done');
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
  if (isLate(id)) return IS_LATE;
  if (isWaiting(id)) return '正在办理';
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
