import '../css/decision.css';
import { createTables, xmlOf } from '../dmn/editor.js';
import { bringSheets } from '../dmn/sheet.js';
import { Trial } from '../dmn/trial.js';
import { ask, DraftFile } from '../studio/draft_file.js';
import { cannotOpen } from '../studio/opening.js';
import { Saving } from '../studio/saving.js';

const SOON = 400; // ms without a change before the server looks at the table

// {name: of the file, editable, token, file, look, sheet: addresses}
const page = JSON.parse(document.getElementById('page-data').textContent);
const place = (id) => document.getElementById(id);
const file = new DraftFile({ address: page.file, token: page.token });
const tables = createTables(place('board'), page.editable, changed);
const saving = new Saving(file, () => xmlOf(tables), { name: page.name, state: place('saved'), refused: place('refused') });
const trial = new Trial({ fields: place('try'), answer: place('answer'), faults: place('faults') }, place('board'), lookSoon);
let timer = 0;
let looks = 0;

function changed() {
  saving.changed();
  lookSoon();
}

function lookSoon() {
  clearTimeout(timer);
  timer = setTimeout(look, SOON);
}

const decision = () => tables.getActiveView()?.element.id ?? '';

async function look() {
  const mine = (looks += 1);
  const body = JSON.stringify({ content: await xmlOf(tables), decision: decision(), typed: trial.typed() });
  try {
    const found = await (await ask(page.look, { method: 'POST', body, token: page.token, type: 'application/json' })).json();
    if (mine === looks) trial.show(found); // else the table has changed, and is being looked at
  } catch (error) {
    place('answer').textContent = error.message;
  }
}

/** What is sent with a workbook, to be compared with it. */
function given(xml) {
  const form = new FormData();
  form.append('content', new Blob([xml]), page.name);
  form.append('decision', decision());
  return form;
}

async function take(xml) {
  await tables.importXML(xml);
  changed();
}

function act(name) {
  tables.getActiveViewer().get('commandStack')[name]();
}

try {
  await tables.importXML(await file.load());
} catch (error) {
  cannotOpen(place('refused'), error, '决策表');
  throw error;
}
const choose = place('table-pick');
for (const view of tables.getViews()) choose.append(new Option(view.name ?? view.id, view.id));
choose.hidden = choose.options.length < 2;
choose.addEventListener('change', async () => {
  await tables.open(tables.getViews()[choose.selectedIndex]);
  lookSoon();
});
if (page.editable) {
  for (const name of ['undo', 'redo']) place(name).addEventListener('click', () => act(name));
  bringSheets(place('sheet'), place('told'), { address: page.sheet, token: page.token, current: () => xmlOf(tables), given, take });
}
place('export').addEventListener('click', async () => {
  await saving.autosave.flush(); // what is exported is what was saved
  location.assign(`${page.sheet}?decision=${encodeURIComponent(decision())}`);
});
await look();
document.body.dataset.ready = '1';
