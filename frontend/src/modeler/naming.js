/** A name that was looked at and left as it was is no step: undoing would seem to do nothing. */
class Naming {
  constructor(labelEditingProvider) {
    const update = labelEditingProvider.update.bind(labelEditingProvider);
    labelEditingProvider.update = (element, text, before, bounds) => {
      if (text !== before || (text && hasBounds(element))) update(element, text, before, bounds);
    };
  }
}
Naming.$inject = ['labelEditingProvider'];

/** What stands outside its shape, and a note, can be made wider while its words stay. */
const hasBounds = (element) => element.label || element.labelTarget || element.businessObject.$type === 'bpmn:TextAnnotation';

export default { __init__: ['naming'], naming: ['type', Naming] };
