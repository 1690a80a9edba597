import '../css/modeler.css';
import { createBoard } from '../modeler/create.js';
import { fit, keepFitted } from '../modeler/fit.js';
import { Lint, remarksOf } from '../modeler/lint.js';
import { connectTools } from '../modeler/toolbar.js';
import { untranslated } from '../modeler/translate.js';
import { DraftFile } from '../studio/draft_file.js';
import { cannotOpen } from '../studio/opening.js';
import { Saving } from '../studio/saving.js';

// {name: of the file, editable, token, words: what there is to choose from (queries/studio/vocabulary.py); addresses: file
// of the content, check of its check, sound of the page that replays a way, expression to have one judged}
const page = JSON.parse(document.getElementById('page-data').textContent);
const place = (id) => document.getElementById(id);
const holder = place('board');
const file = new DraftFile({ address: page.file, token: page.token });
const board = createBoard({ board: holder, about: place('about'), page });

/** Other modelers write files that bpmn-js reads with a remark; what it cannot read at all it says in English. */
async function load() {
  try {
    return (await board.importXML(await file.load())).warnings;
  } catch (error) {
    cannotOpen(place('refused'), error, '流程图');
    throw error;
  }
}

const warnings = await load();
connectTools(place('editor'), board, holder, page.name);
fit(board);
keepFitted(board, holder);
if (page.editable) {
  const read = async () => (await board.saveXML({ format: true })).xml;
  const saving = new Saving(file, read, { name: page.name, state: place('saved'), refused: place('refused') });
  board.on('commandStack.changed', () => saving.changed());
  new Lint(board, page, place('problems'), remarksOf(warnings));
}
Object.assign(window, { board, untranslated }); // for tests, and for whoever looks into it with the browser's tools
document.body.dataset.ready = '1';
