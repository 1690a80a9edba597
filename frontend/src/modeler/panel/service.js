import { entry } from './entries.js';
import { choosePost, chooseUnit } from './post.js';

const GUIDES = { post: choosePost, unit: chooseUnit };
const OPERATOR = 'spiffworkflow:ServiceTaskOperator';
const TEXT = /^"((?:[^"\\]|\\["\\'nt])*)"$/;
const ESCAPES = { n: '\n', t: '\t' };
const KINDS = { str: '文字', int: '整数', float: '数', bool: '是否：true 或 false', list: '清单', dict: '一组值', object: '任意值' };

/** As a person reads an expression: text without its quotes, a number as it is, anything else after a “=”. */
export function shown(source) {
  const text = TEXT.exec(source);
  if (text) return text[1].replace(/\\(.)/g, (_, sign) => ESCAPES[sign] ?? sign);
  return !source || /^(-?\d+(\.\d+)?|true|false)$/.test(source) ? source : `=${source}`;
}

/** The expression of what was typed: what begins with “=” is one, the rest is text, or a number where one is asked. */
export function stored(typed, type) {
  if (!typed) return '';
  if (typed.startsWith('=') && typed.slice(1).trim()) return typed.slice(1);
  if (['int', 'float', 'object'].includes(type) && /^-?\d+(\.\d+)?$/.test(typed)) return typed;
  if (type === 'bool' && /^(true|false)$/.test(typed)) return typed;
  const escaped = typed.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n').replace(/\t/g, '\\t');
  return `"${escaped}"`;
}

/** What the system does here: a handler of the server's catalogue, its parameters, and where its answer goes. */
export function service(element, { store, words }) {
  const operator = store.extension(element, OPERATOR);
  const handler = words.handler(operator?.id);
  const write = (attributes) => writeOperator(element, store, { ...parts(operator), ...attributes });
  const choose = (id) => (id ? write({ id, given: keep(parts(operator).given, words.handler(id)) }) : store.extend(element, OPERATOR, undefined));
  return [
    entry('handler', 'choose', '由系统做什么', { get: () => operator?.id ?? '', set: choose, options: words.handlers(), help: handler?.description }),
    ...(operator ? parameters(operator, handler, write, words) : []),
    ...(operator ? [result(operator, handler, write)] : []),
  ];
}

function parameters(operator, handler, write, words) {
  const { given } = parts(operator);
  const known = handler?.parameters ?? [];
  const unknown = Object.keys(given).filter((name) => !known.some((each) => each.name === name));
  return [...known, ...unknown.map((name) => ({ name, label: name, type: 'object', unknown: true }))].flatMap((parameter) => {
    const { name } = parameter;
    return one(parameter, { get: () => given[name] ?? '', set: (value) => write({ given: { ...given, [name]: value } }), words });
  });
}

/** A box for the value of one parameter, below lists to choose a post or unit from where it is one. */
function one({ name, label, type, required, choose, unknown }, { get, set, words }) {
  const id = `parameter-${name}`;
  const called = `${label}${required ? '（必填）' : ''}`;
  const box = entry(id, 'area', choose ? '写成' : called, {
    get: () => shown(get()),
    set: (typed) => set(stored(typed ?? '', type)),
    rows: 1,
    help: unknown ? '这个服务没有这个参数，清空就去掉。' : `${KINDS[type] ?? '值'}；表达式以 = 开头，如 =title`,
  });
  return [...(GUIDES[choose]?.(id, called, { get, set, words }) ?? []), box];
}

function result(operator, handler, write) {
  const help = handler?.result ? `结果里有：${handler.result}` : '这个服务没有结果。';
  return entry('resultVariable', 'text', '结果存入变量', { get: () => operator.resultVariable ?? '', set: (typed) => write({ resultVariable: typed || undefined }), help });
}

const listOf = (operator) => operator?.parameterList?.get('parameters') ?? [];

function parts(operator) {
  const given = Object.fromEntries(listOf(operator).map(({ id, value }) => [id, value]));
  return { id: operator?.id, resultVariable: operator?.resultVariable, given };
}

/** Another handler keeps the parameters that both have. */
function keep(given, handler) {
  return Object.fromEntries(Object.entries(given).filter(([name]) => handler.parameters.some((each) => each.name === name)));
}

function writeOperator(element, store, { id, resultVariable, given }) {
  const filled = Object.entries(given).filter(([, value]) => value);
  const type = (name) => listOf(store.extension(element, OPERATOR)).find((each) => each.id === name)?.type ?? 'any';
  const list = filled.map(([name, value]) => store.make('spiffworkflow:Parameter', { id: name, type: type(name), value }));
  const parameterList = store.make('spiffworkflow:Parameters', { parameters: list });
  store.extend(element, OPERATOR, store.make(OPERATOR, { id, resultVariable, parameterList }));
}
