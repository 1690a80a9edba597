const MARGIN = 32; // px around the drawing
const PALETTE = 130; // px that lie under the palette
const LARGEST = 1.2;

/** Fits the drawing, and again whenever its place changes, as when the problems are listed below, until somebody moves it. */
export function keepFitted(board, holder) {
  let fitted = shown(board);
  new ResizeObserver(() => {
    board.get('canvas').resized();
    if (shown(board) !== fitted) return;
    fit(board);
    fitted = shown(board);
  }).observe(holder);
}

/** Where the view stands, whatever room there is: the corner and the scale. */
function shown(board) {
  const { x, y, scale } = board.get('canvas').viewbox();
  return [x, y, scale].map((each) => each.toFixed(2)).join(' ');
}

/** Shows the whole drawing beside the palette, where there is one. */
export function fit(board) {
  const canvas = board.get('canvas');
  const left = board.get('palette', false)?.isOpen() ? PALETTE : MARGIN;
  canvas.resized();
  const { inner, outer } = canvas.viewbox();
  if (!inner.width || !outer.width) return;
  const [width, height] = [outer.width - left - MARGIN, outer.height - 2 * MARGIN];
  const zoom = Math.min(LARGEST, width / inner.width, height / inner.height);
  canvas.viewbox({
    x: inner.x + inner.width / 2 - (left + width / 2) / zoom,
    y: inner.y + inner.height / 2 - outer.height / 2 / zoom,
    width: outer.width / zoom,
    height: outer.height / zoom,
  });
}
