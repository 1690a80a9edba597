// Everything simple that the engine reads on an element (docs/architecture.md, “What the engine reads on a diagram”).
const TIMED = ['userTask', 'callActivity', 'subProcess', 'intermediateCatchEvent', 'receiveTask', 'scriptTask', 'serviceTask',
  'businessRuleTask', 'startEvent', 'boundaryEvent', 'intermediateThrowEvent'];
const MESSAGE = ['boundaryEvent:message', 'intermediateCatchEvent:message', 'startEvent:message', 'receiveTask'];
const MANY = ['subProcess', 'callActivity', 'userTask'];

/**
 * name of the property; label; on: kinds of elements, `:message` those with such an event only, '*' all;
 * as: text, area, expr, flag, choose (options: a method of Words) or several (the same, with blanks between).
 */
export const SIMPLE = {
  work: [
    { name: 'form', label: '表单', on: ['userTask', ...MESSAGE], as: 'choose', options: 'forms', help: '办理人填的表单；消息事件是按钮点开后填的。' },
    { name: 'registrars', label: '谁可以登记', on: ['userTask'], as: 'several', options: 'registrars', help: '只写在第一个环节上。不写的，所有受理岗位都可以。' },
    { name: 'opens', label: '几时起可以办', on: ['userTask'], as: 'expr', help: '之前看得到、办不了。例：report_time' },
    { name: 'itemLabel', label: '是哪一项', on: MANY, as: 'expr', help: '一个岗位同时有几件的，写在待办里的名称旁。例：job.task' },
    { name: 'clue', label: '哪条线索', on: ['userTask'], as: 'expr', help: '问责线索的标识。例：clue_entry.id' },
    { name: 'notBy', label: '不得由办过这些环节的人办', on: ['userTask'], as: 'several', options: 'userTasks' },
    { name: 'sendBack', label: '退回前面的环节', on: ['userTask'], as: 'choose', options: 'waysBack', help: '不写的，只能退回本单位办的。' },
  ],
  public: [
    { name: 'receiver', label: '提交后由谁登记', on: ['startEvent:message'], as: 'choose', options: 'receivers', help: '填了，企业群众就可以网上提交。' },
    { name: 'channel', label: '受理渠道', on: ['startEvent:message'], as: 'text', help: '例：web' },
    { name: 'reporter', label: '反映人自己办：按钮', on: ['userTask', 'boundaryEvent:message', 'intermediateCatchEvent:message'], as: 'text', help: '反映人凭编号和查询码在查询页上办，这里写按钮的字。例：评价' },
    { name: 'reply', label: '在这里答复反映人', on: ['userTask', 'serviceTask'], as: 'flag' },
    { name: 'noReply', label: '为什么不答复反映人', on: ['startEvent', 'endEvent'], as: 'text', help: '例：督办支线，答复在办理的主线上' },
  ],
  message: [
    { name: 'available', label: '什么时候可以', on: ['boundaryEvent:message', 'intermediateCatchEvent:message', 'receiveTask', 'startEvent:timer'], as: 'expr', help: '不成立时按钮是灰的（定时开始的，这一次不开始）。' },
    { name: 'unavailable', label: '不可以时的说明', on: ['boundaryEvent:message', 'intermediateCatchEvent:message', 'receiveTask', 'startEvent:timer'], as: 'area' },
  ],
  calendar: [
    { name: 'title', label: '事项标题', on: ['startEvent:timer'], as: 'expr', help: '没有人登记，标题由这里算出。' },
    { name: 'underWay', label: '首次启用时从哪一期开始', on: ['startEvent:timer'], as: 'choose', options: 'cycles', help: '填了，启用当期就开始。' },
  ],
  marks: [
    { name: 'status', label: '事项状态', on: ['*'], as: 'choose', options: 'statuses', help: '到这里以后是什么状态。' },
    { name: 'mark', label: '列表上的标记', on: ['*'], as: 'expr', help: '标题前最多六个字，"" 去掉。例："紧急" if alert == "emergency" else ""' },
    { name: 'voids', label: '到这里作废的时限', on: ['*'], as: 'several', options: 'deadlines' },
    { name: 'confidential', label: '保密，只有看得到线索的岗位看得到', on: ['*'], as: 'flag' },
  ],
  deadline: [
    { name: 'deadline', label: '时限的标识', on: TIMED, as: 'text', help: '到这里开始计时。小写英文，例：survey。同一标识的还在计时，就不另外开始。' },
    { name: 'deadlineName', label: '时限叫什么', on: TIMED, as: 'text', help: '例：踏勘时限。不写就用环节的名称。' },
  ],
  deadlineMore: [
    { name: 'limitFrom', label: '从何时起算', on: TIMED, as: 'expr', help: '不写就从到达这里算起。例：received_at' },
    { name: 'limitGiven', label: '时限的来由', on: TIMED, as: 'expr', help: '不是数出来的日子，写是什么定的。例："月末"' },
    { name: 'limitClauses', label: '时限依据的条款', on: TIMED, as: 'several', options: 'clauses', help: '不写就是这个环节的全部条款。' },
    { name: 'until', label: '办完哪个环节算完成', on: TIMED, as: 'choose', options: 'steps', help: '不写就是这个环节自己。' },
    { name: 'deadlineFor', label: '时限归谁', on: MANY, as: 'expr', help: '多实例里各算各的。例：unit.code' },
    { name: 'alsoDue', label: '还要守的时限', on: ['userTask'], as: 'several', options: 'deadlines' },
    { name: 'noDeadline', label: '为什么没有时限', on: ['userTask', 'receiveTask', 'intermediateCatchEvent', 'eventBasedGateway'], as: 'text', help: '等人的环节要么有时限，要么写原因。例：文件未规定时限' },
  ],
};

/** The engine's word for a kind of element: userTask, boundaryEvent … */
export function kindOf(element) {
  const name = element.businessObject.$type.slice('bpmn:'.length);
  return name[0].toLowerCase() + name.slice(1);
}

export function eventOf(element) {
  const type = element.businessObject.eventDefinitions?.[0]?.$type ?? '';
  return type.replace('bpmn:', '').replace('EventDefinition', '').toLowerCase();
}

/** Those of one part that this element may have. */
export function simple(part, element) {
  const kind = kindOf(element);
  const isNode = element.businessObject.$instanceOf('bpmn:FlowNode');
  const here = [kind, `${kind}:${eventOf(element)}`, ...(isNode ? ['*'] : [])];
  return SIMPLE[part].filter(({ on }) => on.some((place) => here.includes(place)));
}
