import { entry } from './entries.js';

const POST = /^post\(\s*("([a-z0-9_]+)"|[A-Za-z_][\w.]*)\s*,\s*"([a-z0-9_]+)"\s*\)$/;
const REGISTRAR = 'receiver_post';
const HOW = [
  { value: 'post', label: '某单位的岗位' },
  { value: 'variable', label: '变量里的单位的岗位' },
  { value: 'registrar', label: '登记人的岗位' },
  { value: 'other', label: '其他（写表达式）' },
];

/** What an expression of a post says: {how, unit, role}. */
function read(source) {
  if (source === REGISTRAR) return { how: 'registrar' };
  const [, unit, fixed, role] = POST.exec(source) ?? [];
  if (!unit) return { how: source ? 'other' : '' };
  return fixed ? { how: 'post', unit: fixed, role } : { how: 'variable', unit, role };
}

const post = (how, unit, role) => `post(${how === 'post' ? `"${unit}"` : unit}, "${role}")`;

/** A post chosen from lists, that of a unit in a variable, or whoever registered; get() and set() are of the expression. */
export function choosePost(id, label, { get, set, words }) {
  const said = read(get());
  const choose = (how) => set(how ? beginning(how, words) ?? get() : '');
  return [
    entry(`${id}-how`, 'choose', label, { get: () => said.how, set: choose, options: HOW }),
    ...(['post', 'variable'].includes(said.how) ? whose(id, said, set, words) : []),
  ];
}

/** A unit of the county from a list; what stands there besides is an expression. */
export function chooseUnit(id, label, { get, set, words }) {
  const named = () => /^"([a-z0-9_]+)"$/.exec(get())?.[1] ?? '';
  return [entry(`${id}-unit`, 'choose', label, { get: named, set: (unit) => set(unit ? `"${unit}"` : ''), options: words.units(), nothing: get() && !named() ? '（按下面的表达式）' : '（不写）' })];
}

function whose(id, { how, unit, role }, set, words) {
  const first = (chosen) => words.roles(chosen)[0]?.value ?? role;
  const hasRole = (chosen) => words.roles(chosen).some(({ value }) => value === role);
  const moveTo = (chosen) => chosen && set(post(how, chosen, how === 'variable' || hasRole(chosen) ? role : first(chosen)));
  const unitEntry = how === 'post'
    ? entry(`${id}-unit`, 'choose', '单位', { get: () => unit, set: moveTo, options: words.units() })
    : entry(`${id}-unit`, 'text', '单位在哪个变量里', { get: () => unit, set: moveTo, help: '如 lead_org（主办单位）、initiator_org（吹哨单位）' });
  const roles = words.roles(how === 'post' ? unit : undefined);
  const chooseRole = (chosen) => chosen && set(post(how, unit, chosen));
  return [unitEntry, entry(`${id}-role`, 'choose', '岗位', { get: () => role, set: chooseRole, options: roles })];
}

function beginning(how, words) {
  const [first] = words.known.posts;
  if (how === 'post' && first) return post('post', first.unit, first.role);
  if (how === 'variable') return post('variable', 'lead_org', 'handler');
  return how === 'registrar' ? REGISTRAR : undefined;
}
