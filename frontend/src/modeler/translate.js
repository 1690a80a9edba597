import others from 'bpmn-js-i18n/translations/zn.js';
import ours from './dictionary.js';

// bpmn-js says “Event-based gateway” in a menu and “Event Based Gateway” above the properties.
const plain = (phrase) => phrase.toLowerCase().replace(/[-\s]+/g, ' ').trim();
const WORDS = new Map([...Object.entries(others), ...Object.entries(ours)].map(([phrase, words]) => [plain(phrase), words]));

/** Phrases that were shown in English, for the test that wants none. */
export const untranslated = new Set();

export function translate(template, replacements = {}) {
  const words = WORDS.get(plain(template));
  if (words === undefined && /[a-z]{2}/i.test(template) && !/\p{Script=Han}/u.test(template)) untranslated.add(template);
  return (words ?? template).replace(/{([^}]+)}/g, (_, key) => replacements[key] ?? `{${key}}`);
}

export default { translate: ['value', translate] };
