import { download } from '../studio/download.js';

const MARGIN = 10; // px around the picture
const SHARPER = 2; // pixels of the PNG for one of the drawing
const LARGEST = 12000; // pixels a side: browsers refuse larger canvases

export async function saveSvg(board, name) {
  download(new Blob([await picture(board)], { type: 'image/svg+xml' }), `${name}.svg`);
}

export async function savePng(board, name) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(await picture(board))}`;
  await image.decode();
  const scale = Math.min(SHARPER, LARGEST / Math.max(image.width, image.height));
  const canvas = Object.assign(document.createElement('canvas'), { width: image.width * scale, height: image.height * scale });
  const paper = canvas.getContext('2d');
  paper.fillStyle = '#fff';
  paper.fillRect(0, 0, canvas.width, canvas.height);
  paper.drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => download(blob, `${name}.png`), 'image/png');
}

export function saveText(text, filename) {
  download(new Blob([text], { type: 'application/xml' }), filename);
}

/** The drawing as SVG text, with a margin. */
async function picture(board) {
  const { svg } = await board.saveSVG();
  const drawn = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
  const [x, y, width, height] = drawn.getAttribute('viewBox').split(' ').map(Number);
  drawn.setAttribute('viewBox', [x - MARGIN, y - MARGIN, width + 2 * MARGIN, height + 2 * MARGIN].join(' '));
  drawn.setAttribute('width', width + 2 * MARGIN);
  drawn.setAttribute('height', height + 2 * MARGIN);
  return new XMLSerializer().serializeToString(drawn);
}
