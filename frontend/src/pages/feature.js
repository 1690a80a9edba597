import '../css/studio.css';
import { DraftFile } from '../studio/draft_file.js';
import { Saving } from '../studio/saving.js';
import { Checked } from '../scenarios/checked.js';
import { Numbers } from '../scenarios/numbers.js';
import { runFile } from '../scenarios/running.js';
import { offerSentences } from '../scenarios/sentences.js';

// {file, check, run, progress: addresses; name: of the file; editable; token}
const page = JSON.parse(document.getElementById('page-data').textContent);
const node = (id) => document.getElementById(id);
const text = node('text');
const numbers = new Numbers(node('numbers'), text);
const checked = new Checked(page, text, node('wrong'), numbers);
const file = new DraftFile({ address: page.file, token: page.token });
const saving = new Saving(file, () => text.value, { name: page.name.split('/').at(-1), state: node('saved'), refused: node('refused') });

function changed() {
  numbers.follow();
  checked.later();
  saving.changed();
}

async function open() {
  try {
    text.value = await file.load();
  } catch (error) {
    node('refused').textContent = error.message;
    node('refused').hidden = false;
    return;
  }
  text.disabled = false;
  numbers.follow();
  checked.now();
  goToAsked();
}

/** #L12 in the address: the line that a failure names. */
function goToAsked() {
  const line = Number(/^#L(\d+)$/.exec(location.hash)?.[1]);
  if (line) numbers.goTo(line);
}

text.addEventListener('input', changed);
addEventListener('hashchange', goToAsked);
offerSentences(node('vocabulary'), node('search'), text, changed);
node('run').addEventListener('click', () => runFile(page, saving.autosave, node('went'), numbers));
await open();
document.body.dataset.ready = '1';
