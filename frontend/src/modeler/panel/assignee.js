import { entry } from './entries.js';

const POST = /^post\(\s*("([a-z0-9_]+)"|[A-Za-z_][\w.]*)\s*,\s*"([a-z0-9_]+)"\s*\)$/;
const REGISTRAR = 'receiver_post';
const HOW = [
  { value: 'post', label: '某单位的岗位' },
  { value: 'variable', label: '变量里的单位的岗位' },
  { value: 'registrar', label: '登记人的岗位' },
  { value: 'other', label: '其他（写表达式）' },
];

/** What an expression of `candidates` says: {how, unit, role}. */
function read(source) {
  if (source === REGISTRAR) return { how: 'registrar' };
  const [, unit, fixed, role] = POST.exec(source) ?? [];
  if (!unit) return { how: source ? 'other' : '' };
  return fixed ? { how: 'post', unit: fixed, role } : { how: 'variable', unit, role };
}

const post = (how, unit, role) => `post(${how === 'post' ? `"${unit}"` : unit}, "${role}")`;

/** Who does a task: a post chosen from lists, that of a unit in a variable, whoever registered, or an expression. */
export function assignee(element, { store, words }) {
  const get = () => store.read(element, 'candidates');
  const set = (value) => store.write(element, { candidates: value ?? '' });
  const said = read(get());
  const choose = (how) => set(beginning(how, words) ?? get());
  return [
    entry('candidates-how', 'choose', '由谁办理', { get: () => said.how, set: choose, options: HOW }),
    ...(['post', 'variable'].includes(said.how) ? whose(said, set, words) : []),
    entry('candidates', 'expr', '表达式', { get, set }),
  ];
}

function whose({ how, unit, role }, set, words) {
  const first = (chosen) => words.roles(chosen)[0]?.value ?? role;
  const hasRole = (chosen) => words.roles(chosen).some(({ value }) => value === role);
  const chooseUnit = (chosen) => chosen && set(post(how, chosen, how === 'variable' || hasRole(chosen) ? role : first(chosen)));
  const unitEntry = how === 'post'
    ? entry('candidates-unit', 'choose', '单位', { get: () => unit, set: chooseUnit, options: words.units() })
    : entry('candidates-unit', 'text', '单位在哪个变量里', { get: () => unit, set: chooseUnit, help: '如 lead_org（主办单位）、initiator_org（吹哨单位）' });
  const roles = words.roles(how === 'post' ? unit : undefined);
  const chooseRole = (chosen) => chosen && set(post(how, unit, chosen));
  return [unitEntry, entry('candidates-role', 'choose', '岗位', { get: () => role, set: chooseRole, options: roles })];
}

function beginning(how, words) {
  const [first] = words.known.posts;
  if (how === 'post' && first) return post('post', first.unit, first.role);
  if (how === 'variable') return post('variable', 'lead_org', 'handler');
  return how === 'registrar' ? REGISTRAR : undefined;
}
