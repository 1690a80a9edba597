import '../css/diagram.css';
import '../css/running.css';
import Viewer from 'bpmn-js/lib/NavigatedViewer';
import { describe } from '../diagram/elements.js';
import { moveByFinger, showBest, showWhole, wheelOnlyWhenFocused, zoomIn, zoomOut } from '../diagram/view.js';

// {diagrams: [address of its XML], places: {element: {waiting, late, incidents, days, address}}}
const { diagrams, places } = JSON.parse(document.getElementById('page-data').textContent);
const SHADES = 5;
const holder = document.getElementById('canvas');
const caption = document.getElementById('caption');
const heat = document.getElementById('diagram-heat');
const viewer = new Viewer({ container: holder });
const canvas = viewer.get('canvas');
const registry = viewer.get('elementRegistry');
const longest = Math.max(...Object.values(places).map((place) => place.days ?? 0));

const drawn = () => Object.entries(places).filter(([id]) => registry.get(id));
const wrong = (place) => place.late + place.incidents;

async function open(address) {
  await viewer.importXML(await (await fetch(address)).text());
  for (const [id, place] of drawn()) paint(id, place);
  const fullest = drawn().sort(([, a], [, b]) => wrong(b) - wrong(a) || b.waiting - a.waiting)[0];
  showBest(viewer, holder, fullest && registry.get(fullest[0]));
}

function paint(id, place) {
  if (place.waiting || place.incidents) {
    canvas.addMarker(id, wrong(place) ? 'is-late' : 'is-active');
    viewer.get('overlays').add(id, { position: { top: -12, right: 30 }, html: badge(place) });
  }
  if (place.days !== null) canvas.addMarker(id, `heat-${shade(place.days)}`);
}

const shade = (days) => (longest ? Math.max(1, Math.ceil((days / longest) * SHADES)) : 1);

function badge(place) {
  const said = [place.waiting && `在办 ${place.waiting}`, place.late && `逾期 ${place.late}`, place.incidents && `异常 ${place.incidents}`];
  return make('div', said.filter(Boolean).join(' · '), wrong(place) ? 'token late' : 'token');
}

function make(tag, text, className = '') {
  return Object.assign(document.createElement(tag), { textContent: text, className });
}

function pick(id) {
  const element = registry.get(id);
  if (!element || element === canvas.getRootElement()) return;
  const { name, kind } = describe(element);
  const place = places[id];
  const parts = [make('h3', name), make('p', kind, 'soft')];
  if (!place) parts.push(make('p', '现在没有事项停在这里。', 'soft'));
  else {
    parts.push(make('p', `在办 ${place.waiting}，逾期 ${place.late}，异常 ${place.incidents}`));
    if (place.days !== null) parts.push(make('p', `平均 ${place.days.toFixed(1)} 个工作日办完`));
    if (place.address) parts.push(Object.assign(make('a', '查看这些事项'), { href: place.address }));
  }
  caption.replaceChildren(...parts);
}

viewer.on('element.click', ({ element }) => pick(element.id));
for (const [id, act] of [['diagram-fit', showWhole], ['diagram-in', zoomIn], ['diagram-out', zoomOut]]) {
  document.getElementById(id).addEventListener('click', () => act(viewer, holder));
}
heat.addEventListener('click', () => {
  heat.setAttribute('aria-pressed', String(holder.classList.toggle('by-heat')));
});
document.getElementById('diagram-pick').addEventListener('change', ({ target }) => open(diagrams[target.selectedIndex]));

wheelOnlyWhenFocused(viewer);
moveByFinger(viewer, holder);
await open(diagrams[0]);
document.body.dataset.ready = '1';
