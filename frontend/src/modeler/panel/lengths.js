import { entry } from './entries.js';

const LENGTH = /^(workdays|calendar_days|hours|office_hours)\(\s*(?:(\d+)|param\(\s*"([^"]+)"\s*\))\s*\)$/;
const DUE = /^due\(\s*"([^"]+)"\s*\)$/;
const PERIOD = /^period_start\(\s*"([^"]+)"\s*\)$/;
const UNITS = [
  { value: 'workdays', label: '工作日' },
  { value: 'calendar_days', label: '自然日' },
  { value: 'hours', label: '小时' },
  { value: 'office_hours', label: '工作小时' },
];

/** {how: number | parameter | due | period | other | '', unit, count, key} of a length or a moment. */
export function read(source) {
  const [, unit, count, key] = LENGTH.exec(source) ?? [];
  if (unit) return { how: count === undefined ? 'parameter' : 'number', unit, count, key };
  const due = DUE.exec(source);
  if (due) return { how: 'due', key: due[1] };
  const period = PERIOD.exec(source);
  if (period) return { how: 'period', key: period[1] };
  return { how: source ? 'other' : '' };
}

function write({ how, unit, count, key }) {
  if (how === 'due') return `due("${key}")`;
  if (how === 'period') return `period_start("${key}")`;
  return `${unit}(${how === 'number' ? count : `param("${key}")`})`;
}

const COUNTED = [
  { value: 'number', label: '固定的数' },
  { value: 'parameter', label: '参数（可由业务主管调整）' },
];
const MOMENTS = [{ value: 'due', label: '某个时限到期时' }];
const STARTS = [{ value: 'period', label: '每一期开始时' }];
const OTHER = [{ value: 'other', label: '其他（写表达式）' }];

/**
 * A length or a moment by lists, with the expression they make. `kind`: 'length' of a deadline, 'timer', or 'start' of
 * a flow by the calendar.
 */
export function length(id, label, kind, { get, set, words }) {
  const said = read(get());
  const ways = kind === 'start' ? [...STARTS, ...OTHER] : [...COUNTED, ...(kind === 'timer' ? MOMENTS : []), ...OTHER];
  const change = (part) => set(write({ ...said, ...part }));
  const choose = (how) => (how ? how !== 'other' && set(write(beginning(how, said, words))) : set(''));
  return [
    entry(`${id}-how`, 'choose', label, { get: () => said.how, set: choose, options: ways }),
    ...parts(id, said, change, words),
    entry(id, 'expr', '表达式', { get, set }),
  ];
}

function parts(id, { how, unit, count, key }, change, words) {
  const pick = (name, text, value, options, part) =>
    entry(`${id}-${name}`, 'choose', text, { get: () => value, set: (chosen) => chosen && change({ [part]: chosen }), options });
  if (how === 'due') return [pick('due', '时限', key, words.deadlines(), 'key')];
  if (how === 'period') return [pick('cycle', '周期', key, words.cycles(), 'key')];
  if (!unit) return [];
  const number = entry(`${id}-count`, 'text', '数', {
    get: () => count, set: (typed) => /^\d+$/.test(typed ?? '') && change({ count: typed }), wrong: (typed) => (/^\d+$/.test(typed ?? '') ? null : `“${typed ?? ''}”不是整数，没有采用，时长仍是 ${count}。`),
  });
  const parameter = pick('parameter', '参数', key, words.numbers(), 'key');
  return [how === 'number' ? number : parameter, pick('unit', '单位', unit, UNITS, 'unit')];
}

function beginning(how, { unit = 'workdays', count = '5' }, words) {
  const first = { due: words.deadlines()[0]?.value, period: 'monthly', parameter: words.numbers()[0]?.value }[how];
  return { how, unit, count, key: first ?? '' };
}
