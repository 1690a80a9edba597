import { entry } from './entries.js';

const VARIABLE = /^[A-Za-z_]\w*$/;

/** A step that is done several times, for each of a list or so many times: 会签、或签, 各家各办. */
export function many(element, { store }) {
  const loop = element.businessObject.loopCharacteristics;
  if (loop?.$type !== 'bpmn:MultiInstanceLoopCharacteristics') return [];
  const set = (attributes) => store.set(element, loop, attributes);
  const expression = (name, label, help) => entry(`loop-${name}`, 'expr', label, {
    get: () => loop[name]?.body ?? '', set: (body) => set({ [name]: body ? store.expression(body) : undefined }), help,
  });
  const variable = (name, type, label, help) => entry(`loop-${name}`, 'text', label, {
    get: () => loop[name]?.id ?? '', set: (id, error) => !error && set({ [name]: id ? store.make(type, { id }) : undefined }), help,
    wrong: (id) => (!id || VARIABLE.test(id) ? null : '变量名用字母、数字、下划线，以字母开头。'),
  });
  return [
    entry('loop-sequential', 'flag', '逐个进行，不同时', { get: () => Boolean(loop.isSequential), set: (on) => set({ isSequential: on }) }),
    variable('loopDataInputRef', 'bpmn:ItemAwareElement', '对哪个清单变量的每一项', '清单和个数只写一样。'),
    variable('inputDataItem', 'bpmn:DataInput', '每一项叫什么变量', '标识在一张图里不能重复。'),
    expression('loopCardinality', '或者固定几个'),
    variable('loopDataOutputRef', 'bpmn:ItemAwareElement', '结果汇成哪个清单变量'),
    variable('outputDataItem', 'bpmn:DataOutput', '每一个的结果取哪个变量'),
    expression('completionCondition', '什么时候就算完成', '每完成一个问一次。或签：len(votes) >= 1'),
  ];
}
