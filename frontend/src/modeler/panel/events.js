import { entry } from './entries.js';
import { freeId } from './ids.js';
import { length } from './lengths.js';
import { eventOf, kindOf } from './table.js';

const REFERRED = {
  message: { type: 'bpmn:Message', ref: 'messageRef', label: '消息' },
  signal: { type: 'bpmn:Signal', ref: 'signalRef', label: '信号' },
  error: { type: 'bpmn:Error', ref: 'errorRef', label: '错误', code: 'errorCode' },
  escalation: { type: 'bpmn:Escalation', ref: 'escalationRef', label: '升级', code: 'escalationCode' },
};
const FRESH = '+';

/** What an event waits for or throws: a moment, a message, a signal, an error, an escalation. */
export function event(element, tools) {
  const kind = kindOf(element) === 'receiveTask' ? 'message' : eventOf(element);
  if (kind === 'timer') return timer(element, tools);
  return REFERRED[kind] ? referred(element, REFERRED[kind], tools) : [];
}

function timer(element, { store, words }) {
  const [definition] = element.businessObject.eventDefinitions;
  const place = definition.timeDuration ? 'timeDuration' : 'timeDate';
  const get = () => definition[place]?.body ?? '';
  const set = (body) => store.set(element, definition, { [place]: body ? store.expression(body) : undefined });
  const kind = kindOf(element) === 'startEvent' ? 'start' : 'timer';
  return length('timer', kind === 'start' ? '什么时候开始' : '到什么时候', kind, { get, set, words });
}

function referred(element, { type, ref, label, code }, { store }) {
  const holder = kindOf(element) === 'receiveTask' ? element.businessObject : element.businessObject.eventDefinitions[0];
  const definitions = definitionsOf(element.businessObject);
  const all = definitions.get('rootElements').filter((each) => each.$type === type);
  const said = holder[ref];
  const choose = (id) => (id === FRESH ? create(element, { type, ref, code, holder, definitions, store }) : store.set(element, holder, { [ref]: all.find((each) => each.id === id) }));
  const options = [...all.map(({ id, name }) => ({ value: id, label: name || id })), { value: FRESH, label: `＋ 新建${label}` }];
  const text = (name, words) => entry(name, 'text', words, { get: () => said[name] ?? '', set: (typed) => store.set(element, said, { [name]: typed || undefined }) });
  return [
    entry(ref, 'choose', label, { get: () => said?.id ?? '', set: choose, options }),
    ...(said && all.includes(said) ? [text('name', `${label}的名称`), ...(code ? [text(code, `${label}的代码`)] : [])] : []),
  ];
}

/** The new one and what refers to it are one step to undo. */
function create(element, { type, ref, code, holder, definitions, store }) {
  const id = freeId(type, definitions);
  const made = store.make(type, { id, name: element.businessObject.name || id, ...(code ? { [code]: id } : {}) });
  made.$parent = definitions;
  store.together(element, [[definitions, { rootElements: [...definitions.get('rootElements'), made] }], [holder, { [ref]: made }]]);
}

function definitionsOf(businessObject) {
  let up = businessObject;
  while (up.$parent) up = up.$parent;
  return up;
}
