import { entry, several } from './entries.js';
import { length } from './lengths.js';
import { simple } from './table.js';

const PARTS = ['deadline', 'deadlineName', 'limit', 'limitFrom', 'limitGiven', 'limitClauses', 'until', 'deadlineFor'];

const without = (entries, names) => entries.filter(({ id }) => !names.includes(id.replace(/-add$/, '')));

/** The deadline that starts where a token arrives: key, name, length, and what meets it. Until it has a key, nothing else is asked. */
export function deadline(element, { store, words }) {
  const rows = simple('deadline', element);
  const more = fromTable('deadlineMore', element, { store, words });
  if (!rows.length) return more;
  const get = () => store.read(element, 'limit');
  const set = (value) => store.write(element, { limit: value ?? '' });
  const isSet = PARTS.some((name) => store.read(element, name));
  if (!isSet) return [...fromTable('deadline', element, { store, words }).slice(0, 1), ...without(more, PARTS)];
  const takeAway = (ticked) => ticked && store.write(element, Object.fromEntries(PARTS.map((name) => [name, ''])));
  return [
    ...fromTable('deadline', element, { store, words }),
    ...length('limit', '多长', 'length', { get, set, words }),
    ...more,
    entry('deadline-away', 'flag', '去掉这个时限', { get: () => false, set: takeAway }),
  ];
}

/** The entries of one part of the table (table.js) for this element. */
export function fromTable(part, element, { store, words }) {
  return simple(part, element).flatMap(({ name, label, as, options, help }) => {
    const get = () => store.read(element, name);
    const set = (value) => store.write(element, { [name]: value ?? '' });
    if (as === 'several') return several(name, label, { get, set, options: words[options](), help });
    if (as === 'flag') return [entry(name, as, label, { get: () => get() === 'yes', set: (on) => set(on ? 'yes' : ''), help })];
    return [entry(name, as, label, { get, set, help, options: options && words[options]() })];
  });
}
