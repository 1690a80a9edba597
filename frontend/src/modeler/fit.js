const MARGIN = 32; // px around the drawing
const PALETTE = 130; // px that lie under the palette
const LARGEST = 1.2;

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
