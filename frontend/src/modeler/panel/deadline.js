import { entry, several } from './entries.js';
import { length } from './lengths.js';
import { simple } from './table.js';

const PARTS = ['deadline', 'deadlineName', 'limit', 'limitFrom', 'limitGiven', 'until', 'deadlineFor'];

/** The deadline that starts where a token arrives: key, name, length, and what meets it. */
export function deadline(element, { store, words }) {
  const rows = simple('deadline', element);
  const more = fromTable('deadlineMore', element, { store, words });
  if (!rows.length) return more;
  const get = () => store.read(element, 'limit');
  const set = (value) => store.write(element, { limit: value ?? '' });
  const takeAway = (ticked) => ticked && store.write(element, Object.fromEntries(PARTS.map((name) => [name, ''])));
  const isSet = Boolean(store.read(element, 'deadline'));
  return [
    ...fromTable('deadline', element, { store, words }),
    ...length('limit', '多长', 'length', { get, set, words }),
    ...more,
    ...(isSet ? [entry('deadline-away', 'flag', '去掉这个时限', { get: () => false, set: takeAway })] : []),
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
