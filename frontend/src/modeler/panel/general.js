import { getBusinessObject } from 'bpmn-js/lib/util/ModelUtil';
import { entry } from './entries.js';
import { kindOf } from './table.js';

const ID_HELP = '表达式、场景用它称呼这个元素；在办的事项按它接着办。';
const ID = /^[A-Za-z_][\w.-]*$/;

/** Name, id and remark of an element; of a pool those of its process as well. */
export function general(element, tools) {
  const { store, registry } = tools;
  const object = getBusinessObject(element);
  const process = object.processRef;
  const rename = (name) => store.modeling.updateProperties(element, { name: name || undefined });
  const taken = (id) => id !== object.id && (registry.get(id) || id === process?.id);
  const wrong = (id) => (!ID.test(id ?? '') ? '标识用字母、数字、下划线，以字母开头。' : taken(id) ? '图上已经有这个标识。' : null);
  const setId = (id, error) => !error && store.modeling.updateProperties(element, { id });
  return [
    entry('name', 'area', kindOf(element) === 'sequenceFlow' ? '连线上的字' : '名称', { get: () => object.name ?? '', set: rename, rows: 1 }),
    entry('id', 'text', '标识', { get: () => object.id, set: setId, wrong, help: object.$instanceOf('bpmn:FlowNode') ? ID_HELP : '' }),
    ...(process ? ofProcess(element, process, tools) : kindOf(element) === 'process' ? [executable(element, object, store)] : []),
    documentation(element, object, store),
  ];
}

function ofProcess(element, process, { store }) {
  const set = (attributes) => store.set(element, process, attributes);
  return [
    entry('process-id', 'text', '流程的标识', {
      get: () => process.id, set: (id, error) => !error && set({ id }), wrong: (id) => (ID.test(id ?? '') ? null : '标识用字母、数字、下划线，以字母开头。'),
    }),
    entry('process-name', 'text', '流程的名称', { get: () => process.name ?? '', set: (name) => set({ name: name || undefined }) }),
    executable(element, process, store),
  ];
}

function executable(element, process, store) {
  return entry('executable', 'flag', '可执行', { get: () => Boolean(process.isExecutable), set: (on) => store.set(element, process, { isExecutable: on }) });
}

function documentation(element, object, store) {
  const get = () => object.get('documentation')[0]?.text ?? '';
  const set = (text) => store.set(element, object, { documentation: text ? [store.make('bpmn:Documentation', { text })] : [] });
  return entry('documentation', 'area', '说明', { get, set });
}
