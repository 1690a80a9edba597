import '../css/diagram.css';
import '../css/running.css';
import '../css/compare.css';
import { Pair } from '../compare/pair.js';
import { showWhole, zoomIn, zoomOut } from '../diagram/view.js';

// {pairs: [{old, new}: addresses of the XML or null], standing, arriving: {element: cases}}
const { pairs, standing, arriving } = JSON.parse(document.getElementById('page-data').textContent);
const section = document.getElementById('pair');
const told = document.getElementById('pick-told');
const pick = document.getElementById('diagram-pick');
let sides = []; // the drawings; the second follows the first
let chosen = null; // the choice whose element was clicked on the old drawing

const choiceOf = (id) => document.querySelector(`select[data-element="${CSS.escape(id)}"]`);

async function open(addresses) {
  for (const holder of section.querySelectorAll('.canvas')) holder.replaceChildren();
  chosen = null;
  const pair = new Pair(section, { ...addresses, marks: {} });
  await pair.open();
  sides = pair.sides;
  for (const { viewer, holder } of pair.sides) {
    const isOld = holder.classList.contains('old');
    for (const [id, cases] of Object.entries(isOld ? standing : arriving)) count(viewer, id, cases);
    viewer.on('element.click', ({ element }) => (isOld ? pickOld(element.id) : pickNew(element.id)));
  }
}

function count(viewer, id, cases) {
  if (!viewer.get('elementRegistry').get(id)) return;
  viewer.get('canvas').addMarker(id, 'is-active');
  const html = Object.assign(document.createElement('div'), { className: 'token', textContent: `在办 ${cases}` });
  viewer.get('overlays').add(id, { position: { top: -12, right: 30 }, html });
}

function pickOld(id) {
  chosen = choiceOf(id);
  if (!chosen) return say('没有事项停在这里，不用对应。');
  chosen.closest('details')?.setAttribute('open', '');
  chosen.scrollIntoView({ block: 'nearest' });
  return say(`现在点右图里与“${chosen.labels[0].textContent}”对应的环节。`);
}

function pickNew(id) {
  if (!chosen) return;
  const option = [...chosen.options].find(({ value }) => value === id);
  if (!option) {
    say('这是另一种环节，不能对应。');
    return;
  }
  chosen.value = id;
  say(`“${chosen.labels[0].textContent}”对应“${option.textContent}”。选完点“重新判断”。`);
}

function say(words) {
  told.textContent = words;
}

for (const [id, act] of [['diagram-fit', showWhole], ['diagram-in', zoomIn], ['diagram-out', zoomOut]]) {
  document.getElementById(id).addEventListener('click', () => act(sides[0].viewer, sides[0].holder));
}
pick.addEventListener('change', () => open(pairs[pick.selectedIndex]));
await open(pairs[0]);
document.body.dataset.ready = '1';
