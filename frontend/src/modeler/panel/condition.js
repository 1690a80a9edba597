import { filledBefore } from './before.js';
import { entry, several } from './entries.js';
import { shown, stored } from './service.js';

const UNCHOSEN = '?'; // stands in the expression for what nobody has chosen yet: the check refuses it
const ASKED = '（请选择）';
const NAME = '(?:[A-Za-z_][\\w.]*|\\?)';
const LITERAL = '(?:"(?:[^"\\\\]|\\\\.)*"|-?\\d+(?:\\.\\d+)?|true|false|null|\\?)';
const COMPARED = new RegExp(`^(${NAME})\\s*(==|!=|>=|<=|>|<)\\s*(${LITERAL})$`);
const AMONG = new RegExp(`^(${NAME})\\s+(in|not in)\\s+\\[\\s*(${LITERAL}(?:\\s*,\\s*${LITERAL})*)\\s*\\]$`);
const TOLD = new RegExp(`^(not\\s+)?(${NAME})$`);
const HOW = [
  ['==', '等于'], ['!=', '不等于'], ['>', '大于'], ['>=', '不小于'], ['<', '小于'], ['<=', '不大于'],
  ['in', '是其中之一'], ['not in', '不是其中任何一个'], ['yes', '为是'], ['no', '为否'],
].map(([value, label]) => ({ value, label }));
const BOTH = [{ value: 'and', label: '都成立' }, { value: 'or', label: '有一条成立' }];

/** {joint: 'and' | 'or', terms: [{field, how, values}]} of an expression of plain comparisons; null of any other. */
export function parse(source) {
  if (!source.trim()) return { joint: 'and', terms: [] };
  for (const joint of ['and', 'or']) {
    const terms = split(source, joint).map(term);
    if (terms.every(Boolean)) return { joint, terms };
  }
  return null;
}

function split(source, joint) {
  const pieces = source.match(/"(?:[^"\\]|\\.)*"|[^"]+/g) ?? []; // what stands in quotes is not split
  const marked = pieces.map((piece) => (piece.startsWith('"') ? piece : piece.replace(new RegExp(`\\s+${joint}\\s+`, 'g'), '\u0000')));
  return marked.join('').split('\u0000').map((each) => each.trim());
}

function term(source) {
  const [, field, how, value] = COMPARED.exec(source) ?? [];
  if (field) return { field, how, values: [value] };
  const [, among, which, list] = AMONG.exec(source) ?? [];
  if (among) return { field: among, how: which, values: list.match(new RegExp(LITERAL, 'g')) };
  const [, not, told] = TOLD.exec(source) ?? [];
  return told && !['true', 'false', 'null'].includes(told) ? { field: told, how: not ? 'no' : 'yes', values: [] } : null;
}

export function write({ joint, terms }) {
  return terms.map(({ field, how, values }) => {
    if (how === 'yes') return field;
    if (how === 'no') return `not ${field}`;
    const [first = UNCHOSEN] = values;
    return how.endsWith('in') ? `${field} ${how} [${values.join(', ') || first}]` : `${field} ${how} ${first}`;
  }).join(` ${joint} `);
}

/** The condition of a sequence flow: comparisons of fields, and the expression they make. */
export function condition(element, { store }) {
  const { get, set } = access(element, store);
  const said = parse(get());
  const joint = (value) => value && set(write({ ...said, joint: value }));
  return [
    ...(said?.terms.length > 1 ? [entry('condition-joint', 'choose', '几条之间', { get: () => said.joint, set: joint, options: BOTH })] : []),
    entry('condition', 'expr', '表达式', { get, set, help: said ? '' : '不是逐条的比较，只能在这里改。' }),
  ];
}

/** The comparisons one by one; null where the expression says something else. */
export function comparisons(element, { store, words }) {
  const { get, set } = access(element, store);
  const said = parse(get());
  if (!said) return null;
  const fields = nearFirst(words, filledBefore(element, store));
  const put = (terms) => set(write({ ...said, terms }));
  const change = (at) => (part) => put(said.terms.map((each, index) => (index === at ? { ...each, ...part } : each)));
  return {
    add: (event) => {
      event.stopPropagation(); // the head of the list would take it as a click that closes the list
      put([...said.terms, { field: UNCHOSEN, how: '==', values: [UNCHOSEN] }]);
    },
    items: said.terms.map((each, at) => ({
      id: `comparison-${at}`,
      label: sentence(each, words),
      entries: parts(`comparison-${at}`, each, change(at), { words, fields }),
      remove: () => put(said.terms.filter((_, index) => index !== at)),
    })),
  };
}

function access(element, store) {
  const flow = element.businessObject;
  const set = (body) => store.set(element, flow, { conditionExpression: body ? store.expression(body) : undefined });
  return { get: () => flow.conditionExpression?.body ?? '', set };
}

function parts(id, { field, how, values }, change, { words, fields }) {
  const known = words.field(field);
  const chosen = values.filter((each) => each !== UNCHOSEN);
  const chooseField = (key) => change(key ? begun(words.field(key) ?? { key }, how) : { field: UNCHOSEN });
  const chooseHow = (way) => way && change({ how: way, values: ['yes', 'no'].includes(way) ? [] : values.length ? values : [UNCHOSEN] });
  const options = (known?.choices ?? []).map(({ value, label }) => ({ value: literal(value, known), label }));
  const one = options.length
    ? entry(`${id}-value`, 'choose', '值', { get: () => chosen[0] ?? '', set: (value) => change({ values: [value || UNCHOSEN] }), options, nothing: ASKED })
    : entry(`${id}-value`, 'text', '值', { get: () => shown(chosen[0] ?? ''), set: (typed) => change({ values: [typed ? literal(typed, known) : UNCHOSEN] }) });
  const all = several(`${id}-values`, '值', {
    get: () => chosen.map(shown).join(' '),
    set: (typed) => change({ values: (typed ?? '').split(/\s+/).filter(Boolean).map((each) => literal(each, known)) }),
    options: (known?.choices ?? []).map(({ value, label }) => ({ value, label })),
  });
  return [
    entry(`${id}-field`, 'choose', '字段', { get: () => (field === UNCHOSEN ? '' : field), set: chooseField, options: fields, nothing: ASKED }),
    entry(`${id}-how`, 'choose', '怎样', { get: () => how, set: chooseHow, options: HOW }),
    ...(how.endsWith('in') ? all : values.length ? [one] : []),
  ];
}

/** A field as it is first compared: a tick is set or not; of all else somebody says what it is to be. */
function begun({ key, type }, how) {
  if (type === 'checkbox') return { field: key, how: 'yes', values: [] };
  return { field: key, how: ['yes', 'no'].includes(how) ? '==' : how, values: [UNCHOSEN] };
}

/** Fields to choose from: those of `forms`, which are filled in on the way here, before all others. */
function nearFirst(words, forms) {
  const near = forms.flatMap((form) => (words.form(form)?.fields ?? []).map((field) => ({ ...field, title: words.form(form).title })));
  const byKey = new Map();
  for (const field of [...near, ...words.fields()]) if (!byKey.has(field.key)) byKey.set(field.key, field);
  return [...byKey.values()].map(({ key, label, title }) => ({ value: key, label: `${label}（${key}，${title}）` }));
}

const literal = (value, field) => stored(value, { number: 'float', checkbox: 'bool' }[field?.type] ?? 'str') || '""';

function sentence({ field, how, values }, words) {
  if (field === UNCHOSEN) return '还没有选字段';
  const known = words.field(field);
  const named = (value) => (value === UNCHOSEN ? '（还没有填）' : null) ?? known?.choices.find((each) => each.value === shown(value))?.label ?? shown(value);
  return `${known?.label ?? field} ${HOW.find(({ value }) => value === how).label} ${values.map(named).join('、')}`;
}
