const KINDS = {
  UserTask: '办理环节', ServiceTask: '系统自动办理', BusinessRuleTask: '决策表', ScriptTask: '系统计算', CallActivity: '子流程',
  SubProcess: '子流程', ManualTask: '线下办理', Task: '环节', StartEvent: '开始', EndEvent: '结束', BoundaryEvent: '附加事件',
  IntermediateCatchEvent: '等待事件', IntermediateThrowEvent: '发出事件', ExclusiveGateway: '条件分支', ParallelGateway: '并行分支',
  InclusiveGateway: '包容分支', EventBasedGateway: '事件分支', SequenceFlow: '流向', Participant: '泳池', Lane: '岗位泳道',
};

/** What a reader calls this element, what kind it is, and the clauses it enforces. */
export function describe(element) {
  const { businessObject } = element;
  const kind = KINDS[businessObject.$type.slice('bpmn:'.length)] ?? '';
  return { name: businessObject.name || kind || '未命名', kind, clauses: clausesOf(businessObject) };
}

/** The engine's own extension elements are read as they are: spiffworkflow:properties > property name value. */
function clausesOf(businessObject) {
  return (businessObject.extensionElements?.values ?? [])
    .flatMap((element) => element.$children ?? [])
    .filter((child) => child.name === 'clauses')
    .flatMap((child) => (child.value ?? '').split(' ').filter(Boolean));
}
