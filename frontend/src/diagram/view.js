const MARGIN = 32;
const LARGEST = 1.2;
const READABLE = 0.6; // below this the names cannot be read
const EASY = 0.75;
const COMFORTABLE = 0.85;
const TALLEST = 1100; // px

/** Show the whole diagram with a margin: zoom('fit-viewport') leaves none. */
export function showWhole(viewer, holder) {
  const canvas = viewer.get('canvas');
  holder.parentElement.style.removeProperty('--height');
  canvas.resized();
  const { inner, outer } = canvas.viewbox();
  if (!outer.width || !inner.width) return;
  look(canvas, { x: inner.x + inner.width / 2, y: inner.y + inner.height / 2 }, wholeZoom(inner, outer));
}

/** Show the whole diagram if its names stay readable; else the part where the case stands, or the way it begins. */
export function showBest(viewer, holder, element) {
  const canvas = viewer.get('canvas');
  showWhole(viewer, holder);
  const { inner, outer } = canvas.viewbox();
  if (!outer.width || wholeZoom(inner, outer) >= READABLE) return;
  if (element) look(canvas, { x: element.x + element.width / 2, y: element.y + element.height / 2 }, COMFORTABLE);
  else showBeginning(canvas, holder);
}

/** From its left edge, all of its height where that can be read: a finger or a mouse then moves it sideways only. */
function showBeginning(canvas, holder) {
  const { inner } = canvas.viewbox();
  const needed = Math.min(TALLEST, inner.height * EASY + 2 * MARGIN);
  if (needed > holder.clientHeight) holder.parentElement.style.setProperty('--height', `${needed}px`);
  canvas.resized();
  const { outer } = canvas.viewbox();
  const zoom = Math.min(COMFORTABLE, Math.max(READABLE, (outer.height - 2 * MARGIN) / inner.height));
  const spare = Math.max(MARGIN / zoom, (outer.height / zoom - inner.height) / 2);
  look(canvas, { x: inner.x + (outer.width / 2 - MARGIN) / zoom, y: inner.y - spare + outer.height / zoom / 2 }, zoom);
}

export const zoomIn = (viewer) => viewer.get('zoomScroll').stepZoom(1);
export const zoomOut = (viewer) => viewer.get('zoomScroll').stepZoom(-1);

function wholeZoom(inner, outer) {
  return Math.min(LARGEST, (outer.width - 2 * MARGIN) / inner.width, (outer.height - 2 * MARGIN) / inner.height);
}

function look(canvas, middle, zoom) {
  const { outer } = canvas.viewbox();
  const [width, height] = [outer.width / zoom, outer.height / zoom];
  canvas.viewbox({ x: middle.x - width / 2, y: middle.y - height / 2, width, height });
}

/** A wheel over the drawing scrolls the page, until somebody has clicked into it. */
export function wheelOnlyWhenFocused(viewer) {
  const wheel = viewer.get('zoomScroll');
  wheel.toggle(false);
  viewer.on('canvas.focus.changed', ({ focused }) => wheel.toggle(focused));
}

/** diagram-js has no touch: one finger moves the drawing sideways, up and down stays the page's. */
export function moveByFinger(viewer, holder) {
  let last = null;
  holder.style.touchAction = 'pan-y';
  holder.addEventListener('pointerdown', (event) => {
    if (event.pointerType === 'touch') last = event.clientX;
  });
  holder.addEventListener('pointermove', (event) => {
    if (event.pointerType !== 'touch' || last === null) return;
    viewer.get('canvas').scroll({ dx: event.clientX - last, dy: 0 });
    last = event.clientX;
  });
  for (const end of ['pointerup', 'pointercancel']) holder.addEventListener(end, () => { last = null; });
}
