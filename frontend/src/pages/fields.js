import '../css/fields.css';
import { manageRows } from '../form/rows.js';
import { showFields } from '../form/visibility.js';
import { KINDS } from '../fields/kinds.js';
import { FormModel } from '../fields/model.js';
import { showOutline } from '../fields/outline.js';
import { showPanel } from '../fields/panel.js';
import { ask, DraftFile } from '../studio/draft_file.js';
import { cannotOpen } from '../studio/opening.js';
import { Saving } from '../studio/saving.js';

const SOON = 400; // ms without a change before the server draws the form

// {name: of the file, editable, token, file, look: addresses}
const page = JSON.parse(document.getElementById('page-data').textContent);
const place = (id) => document.getElementById(id);
const file = new DraftFile({ address: page.file, token: page.token });
const model = await load();
const saving = new Saving(file, () => model.text, { name: page.name, state: place('saved'), refused: place('refused') });
let timer = 0;
let looks = 0;

async function load() {
  try {
    return new FormModel(await file.load(), changed);
  } catch (error) {
    cannotOpen(place('refused'), error, '表单');
    throw error;
  }
}

function changed({ step, typing }) {
  showOutline(place('outline'), model, page.editable);
  if (!typing) showPanel(place('panel'), model, page.editable); // the box that is typed in stays
  if (!step) return;
  saving.changed();
  clearTimeout(timer);
  timer = setTimeout(look, SOON);
}

/** The form as staff see it, drawn by the server, and what is wrong with it. */
async function look() {
  const mine = (looks += 1);
  try {
    const at = encodeURIComponent(place('at')?.value ?? '');
    const found = await (await ask(`${page.look}?at=${at}`, { method: 'POST', body: model.text, token: page.token })).json();
    if (mine !== looks) return; // the form has changed, and is being looked at
    if (found.html) preview(found.html);
    place('faults').replaceChildren(...found.faults.map(fault));
    place('faults-box').hidden = found.faults.length === 0;
  } catch (error) {
    place('faults').replaceChildren(Object.assign(document.createElement('li'), { textContent: error.message }));
    place('faults-box').hidden = false;
  }
}

function preview(html) {
  const form = new DOMParser().parseFromString(html, 'text/html').querySelector('form');
  place('preview').replaceChildren(form);
  form.addEventListener('submit', (event) => event.preventDefault()); // it goes nowhere
  manageRows(form);
  showFields(form);
}

function fault({ element, message }) {
  const line = document.createElement('li');
  line.textContent = message;
  if (element && model.find(element)) {
    const button = Object.assign(document.createElement('button'), { type: 'button', className: 'btn btn-link', textContent: '去改' });
    button.addEventListener('click', () => model.pick(element));
    line.append(' ', button);
  }
  return line;
}

if (page.editable) {
  for (const act of ['undo', 'redo']) place(act).addEventListener('click', () => model[act]());
  for (const [name, component] of KINDS) {
    const button = Object.assign(document.createElement('button'), { type: 'button', className: 'btn btn-quiet btn-sm', textContent: name });
    button.addEventListener('click', () => model.add(component));
    place('palette').append(button);
  }
  place('whole').addEventListener('click', () => model.pick(null));
}
place('at')?.addEventListener('change', look);
changed({ step: false });
await look();
document.body.dataset.ready = '1';
