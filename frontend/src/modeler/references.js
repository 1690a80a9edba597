// References that name no element of the file: variables of a multi-instance, and what a broken file lacks.
const KEPT = /(loopData(In|Out)put|message|error|escalation|signal|operation|itemSubject)Ref$/;

/** bpmn-js forgets a reference to what is not in the file, and would save without it. This keeps its name. */
class References {
  constructor(eventBus, moddle) {
    eventBus.on('import.parse.complete', ({ references = [], elementsById = {} }) => {
      for (const { element, property, id } of references) {
        if (!elementsById[id] && KEPT.test(property)) element.set(property, moddle.create('bpmn:ItemAwareElement', { id }));
      }
    });
  }
}
References.$inject = ['eventBus', 'moddle'];

export default { __init__: ['references'], references: ['type', References] };
