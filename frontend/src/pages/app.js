import '../css/theme.css';
import '../css/shell.css';
import '../css/parts.css';
import '../css/form.css';
import '../css/case.css';
import '../css/score.css';
import '../css/inbox.css';
import '../css/touch.css';
import { keepCount } from '../inbox/badge.js';
import { useKeys } from '../inbox/keys.js';
import { followForm } from '../form/beside.js';
import { copyText } from '../form/copy.js';
import { chooseValues, insertWords } from '../form/insert.js';
import { keepUnsaved } from '../form/unsaved.js';
import { offerPhrases } from '../form/phrases.js';
import { manageRows } from '../form/rows.js';
import { showFields } from '../form/visibility.js';
import { sendOnce } from '../form/send.js';

for (const form of document.querySelectorAll('form[data-form]')) {
  manageRows(form);
  showFields(form);
  keepUnsaved(form);
  const phrases = form.querySelector('[data-phrases]');
  if (phrases) offerPhrases(phrases, form);
}
for (const form of document.querySelectorAll('form[method=post]')) sendOnce(form);
for (const panel of document.querySelectorAll('[data-beside]')) followForm(panel);

const sheet = document.getElementById('sheet');
if (sheet) {
  insertWords(sheet);
  chooseValues(sheet);
}

for (const button of document.querySelectorAll('[data-copy]')) copyText(button);

const badge = document.getElementById('badge');
if (badge) keepCount(badge, document.getElementById('fresh'));

const keys = document.getElementById('keys');
if (keys) useKeys(keys, document.getElementById('keys-help'));

document.getElementById('problems')?.focus();
