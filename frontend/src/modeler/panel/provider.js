import { Group, ListGroup } from '@bpmn-io/properties-panel';
import { assignee } from './assignee.js';
import { comparisons, condition } from './condition.js';
import { deadline, fromTable } from './deadline.js';
import { entry, several } from './entries.js';
import { event } from './events.js';
import { formFields } from './fields.js';
import { general } from './general.js';
import { Judge } from './judge.js';
import { many } from './many.js';
import { service } from './service.js';
import { Store } from './store.js';
import { kindOf } from './table.js';
import { Words } from './words.js';

const DECISION = 'spiffworkflow:CalledDecisionId';
const OPEN = ['general', 'who', 'service', 'condition'];

/** What the properties panel shows of an element: everything the engine reads there, by subject. */
class Provider {
  constructor(propertiesPanel, store, words, elementRegistry) {
    this.tools = { store, words, registry: elementRegistry };
    propertiesPanel.registerProvider(500, this);
  }

  getGroups(element) {
    return (groups) => [...groups, ...groupsOf(element, this.tools)];
  }
}
Provider.$inject = ['propertiesPanel', 'engineProperties', 'words', 'elementRegistry'];

function groupsOf(element, tools) {
  const kind = kindOf(element);
  const table = (part) => fromTable(part, element, tools);
  const groups = [
    ['general', '基本', general(element, tools)],
    ['who', '办理', [...(kind === 'userTask' ? assignee(element, tools) : []), ...table('work')]],
    ['fields', '表单上的字段', kind === 'userTask' ? formFields(element, tools) : []],
    ['service', '系统办理', ofKind(element, tools)],
    ['event', '等什么、发什么', [...event(element, tools), ...table('message'), ...table('calendar')]],
    ['deadline', '时限', deadline(element, tools)],
    ['many', '多实例', many(element, tools)],
    ['condition', '条件', kind === 'sequenceFlow' ? condition(element, tools) : []],
    ['public', '企业群众', table('public')],
    ['marks', '依据和标记', [...clauses(element, tools), ...table('marks')]],
  ];
  const shown = groups.filter(([, , entries]) => entries.length).map(([id, label, entries]) => ({
    id, label, entries, component: Group, shouldOpen: OPEN.includes(id),
  }));
  return kind === 'sequenceFlow' ? [...shown, ...listed(element, tools)] : shown;
}

function listed(element, tools) {
  const list = comparisons(element, tools);
  return list ? [{ id: 'comparisons', label: '逐条比较', component: ListGroup, shouldOpen: true, ...list }] : [];
}

function ofKind(element, tools) {
  const { store, words } = tools;
  const object = element.businessObject;
  switch (kindOf(element)) {
    case 'serviceTask':
      return service(element, tools);
    case 'businessRuleTask':
      return [entry('decision', 'choose', '决策表', {
        get: () => store.extension(element, DECISION)?.calledDecisionId ?? '',
        set: (id) => store.extend(element, DECISION, id ? store.make(DECISION, { calledDecisionId: id }) : undefined),
        options: words.decisions(),
      })];
    case 'callActivity':
      return [entry('called', 'choose', '调用哪个流程', {
        get: () => object.calledElement ?? '', set: (id) => store.set(element, object, { calledElement: id || undefined }), options: words.processes(),
      })];
    case 'scriptTask':
      return [entry('script', 'expr', '脚本', {
        get: () => object.script ?? '', set: (script) => store.set(element, object, { script: script || undefined }), rows: 4, script: true, help: '赋值和 if，一行一句。',
      })];
    default:
      return [];
  }
}

function clauses(element, { store, words }) {
  if (['sequenceFlow', 'process', 'collaboration', 'lane'].includes(kindOf(element))) return [];
  const get = () => store.read(element, 'clauses');
  const set = (value) => store.write(element, { clauses: value ?? '' });
  return several('clauses', '依据条款', { get, set, options: words.clauses(), help: words.inWords(get()) });
}

export default {
  __init__: ['engineProvider'],
  engineProvider: ['type', Provider],
  engineProperties: ['type', Store],
  words: ['type', Words],
  judge: ['type', Judge],
};
