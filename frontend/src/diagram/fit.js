/** Show the whole diagram with a margin: zoom('fit-viewport') leaves none. */
export function fit(viewer, margin = 32, largest = 1.2) {
  const canvas = viewer.get('canvas');
  canvas.resized();
  const { inner, outer } = canvas.viewbox();
  if (!outer.width || !inner.width) return;
  const width = outer.width - 2 * margin;
  const height = outer.height - 2 * margin;
  const zoom = Math.max(0.2, Math.min(largest, width / inner.width, height / inner.height));
  canvas.viewbox({
    x: inner.x - (margin + (width - inner.width * zoom) / 2) / zoom,
    y: inner.y - (margin + (height - inner.height * zoom) / 2) / zoom,
    width: outer.width / zoom,
    height: outer.height / zoom,
  });
}
