const MARGIN = 32;
const LARGEST = 1.2;
const READABLE = 0.55; // below this the names cannot be read
const COMFORTABLE = 0.85;

/** Show the whole diagram with a margin: zoom('fit-viewport') leaves none. */
export function showWhole(viewer) {
  const canvas = viewer.get('canvas');
  canvas.resized();
  const { inner, outer } = canvas.viewbox();
  if (!outer.width || !inner.width) return;
  const zoom = Math.max(0.15, wholeZoom(inner, outer));
  look(canvas, { x: inner.x + inner.width / 2, y: inner.y + inner.height / 2 }, zoom);
}

/** Show the whole diagram if its names stay readable or the case stands nowhere in it; else the part where it stands. */
export function showBest(viewer, element) {
  const canvas = viewer.get('canvas');
  showWhole(viewer);
  const { inner, outer } = canvas.viewbox();
  if (!element || !outer.width || wholeZoom(inner, outer) >= READABLE) return;
  look(canvas, { x: element.x + element.width / 2, y: element.y + element.height / 2 }, COMFORTABLE);
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
