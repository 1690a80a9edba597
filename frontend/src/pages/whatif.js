import '../css/diagram.css';
import '../css/running.css';
import Viewer from 'bpmn-js/lib/NavigatedViewer';
import { describe } from '../diagram/elements.js';
import { moveByFinger, showBest, showWhole, wheelOnlyWhenFocused, zoomIn, zoomOut } from '../diagram/view.js';

// {diagrams: [address of its XML], passed: {element: [cases that really passed it, cases that would have]}}
const { diagrams, passed } = JSON.parse(document.getElementById('page-data').textContent);
const SHADES = 5;
const holder = document.getElementById('canvas');
const caption = document.getElementById('caption');
const viewer = new Viewer({ container: holder });
const canvas = viewer.get('canvas');
const registry = viewer.get('elementRegistry');
const most = Math.max(1, ...Object.values(passed).map(([, after]) => after));

async function open(address) {
  await viewer.importXML(await (await fetch(address)).text());
  const drawn = Object.entries(passed).filter(([id]) => registry.get(id)?.width);
  for (const [id, [before, after]] of drawn) paint(id, before, after);
  const moved = drawn.sort(([, a], [, b]) => Math.abs(b[1] - b[0]) - Math.abs(a[1] - a[0]))[0];
  showBest(viewer, holder, moved && moved[1][0] !== moved[1][1] ? registry.get(moved[0]) : undefined);
}

function paint(id, before, after) {
  if (after) canvas.addMarker(id, `heat-${Math.ceil((after / most) * SHADES)}`);
  if (before === after) return;
  const html = make('div', `${before} → ${after}`, after > before ? 'token late' : 'token');
  viewer.get('overlays').add(id, { position: { top: -12, right: 30 }, html });
}

function make(tag, text, className = '') {
  return Object.assign(document.createElement(tag), { textContent: text, className });
}

viewer.on('element.click', ({ element }) => {
  if (element === canvas.getRootElement()) return;
  const { name, kind } = describe(element);
  const [before, after] = passed[element.id] ?? [0, 0];
  caption.replaceChildren(make('h3', name), make('p', kind, 'soft'), make('p', `实际走到 ${before} 件，推演走到 ${after} 件`));
});
for (const [id, act] of [['diagram-fit', showWhole], ['diagram-in', zoomIn], ['diagram-out', zoomOut]]) {
  document.getElementById(id).addEventListener('click', () => act(viewer, holder));
}
document.getElementById('diagram-pick').addEventListener('change', ({ target }) => open(diagrams[target.selectedIndex]));

wheelOnlyWhenFocused(viewer);
moveByFinger(viewer, holder);
await open(diagrams[0]);
document.body.dataset.ready = '1';
