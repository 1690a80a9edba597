import { zoomIn, zoomOut } from '../diagram/view.js';
import { savePng, saveSvg, saveText } from './exporting.js';
import { fit } from './fit.js';
import { searchByInputMethod } from './search.js';

const NARROW = 760; // px: on a phone the palette would lie over the drawing
const ALIGN = ['left', 'center', 'right', 'top', 'middle', 'bottom'];
const SPREAD = ['horizontal', 'vertical'];

/** The buttons above the board. Keys do the same (bpmn-js): Ctrl+Z, Ctrl+Y, Ctrl+F, Ctrl+C, Ctrl+V … */
export function connectTools(node, board, holder, filename) {
  const name = filename.replace(/\.bpmn$/, '');
  const does = {
    ...drawing(board),
    in: () => zoomIn(board),
    out: () => zoomOut(board),
    fit: () => fit(board),
    find: (event) => {
      event.stopPropagation(); // a click outside the search closes it
      board.get('searchPad').toggle();
    },
    grid: () => board.get('grid').toggle(!board.get('grid').isVisible()),
    svg: () => saveSvg(board, name),
    png: () => savePng(board, name),
    xml: async () => saveText((await board.saveXML({ format: true })).xml, filename),
  };
  for (const button of node.querySelectorAll('[data-act]')) button.addEventListener('click', (event) => does[button.dataset.act](event));
  searchByInputMethod(holder);
  if (!board.get('commandStack', false)) return;
  followSteps(node, board);
  if (innerWidth < NARROW) board.get('palette').close();
}

function drawing(board) {
  const stack = board.get('commandStack', false);
  if (!stack) return {};
  const chosen = () => board.get('selection').get();
  const align = (how) => () => chosen().length > 1 && board.get('alignElements').trigger(chosen(), how);
  const spread = (how) => () => chosen().length > 2 && board.get('distributeElements').trigger(chosen(), how);
  return {
    undo: () => stack.undo(),
    redo: () => stack.redo(),
    color: () => openColors(board, chosen()),
    ...Object.fromEntries(ALIGN.map((how) => [how, align(how)])),
    ...Object.fromEntries(SPREAD.map((how) => [how, spread(how)])),
  };
}

function openColors(board, elements) {
  const { left, bottom } = document.querySelector('[data-act=color]').getBoundingClientRect();
  board.get('popupMenu').open(elements, 'color-picker', { x: left, y: bottom + 4 });
}

/** Each button is enabled while it would do something. */
function followSteps(node, board) {
  const enable = (acts, on) => acts.forEach((act) => { node.querySelector(`[data-act=${act}]`).disabled = !on; });
  const steps = () => {
    enable(['undo'], board.get('commandStack').canUndo());
    enable(['redo'], board.get('commandStack').canRedo());
  };
  const chosen = () => {
    const number = board.get('selection').get().length;
    enable(['color'], number > 0);
    enable(ALIGN, number > 1);
    enable(SPREAD, number > 2);
  };
  board.on('commandStack.changed', steps);
  board.on('selection.changed', chosen);
  steps();
  chosen();
}
