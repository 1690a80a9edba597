import { getBusinessObject } from 'bpmn-js/lib/util/ModelUtil';

const PROPERTIES = 'spiffworkflow:Properties';

/** Reads and writes what stands on an element for the engine. Each write is one step to undo. */
export class Store {
  constructor(modeling, bpmnFactory, commandStack) {
    Object.assign(this, { modeling, bpmnFactory, commandStack });
  }

  /** A spiffworkflow:property; "" when the element has none of this name. */
  read(element, name) {
    return this.#properties(element).find((each) => each.name === name)?.value ?? '';
  }

  /** Several at once: {name: value}, "" takes one away. */
  write(element, changes) {
    const before = this.#properties(element);
    const kept = before.flatMap((each) => (each.name in changes ? this.#made([[each.name, changes[each.name]]]) : [each]));
    const fresh = Object.entries(changes).filter(([name]) => !before.some((each) => each.name === name));
    this.#replace(element, PROPERTIES, 'values', [...kept, ...this.#made(fresh)]);
  }

  /** An extension element of this type, or undefined. */
  extension(element, type) {
    return getBusinessObject(element).extensionElements?.get('values').find((each) => each.$type === type);
  }

  /** Puts an extension element in the place of the one of its type; undefined takes that away. */
  extend(element, type, made) {
    const holder = getBusinessObject(element).extensionElements;
    const before = holder?.get('values') ?? [];
    const at = before.findIndex((each) => each.$type === type);
    const values = before.filter((each) => each.$type !== type);
    if (made) values.splice(at < 0 ? values.length : at, 0, made);
    if (!holder) this.set(element, getBusinessObject(element), { extensionElements: this.make('bpmn:ExtensionElements', { values }) });
    else if (!values.length) this.set(element, getBusinessObject(element), { extensionElements: undefined });
    else this.set(element, holder, { values: values.map((each) => Object.assign(each, { $parent: holder })) });
  }

  /** Any attributes of the element, or of something inside it. */
  set(element, moddle, attributes) {
    this.modeling.updateModdleProperties(element, moddle, attributes);
  }

  /** Several of those as one step: [[moddle, attributes], …]. */
  together(element, changes) {
    const steps = changes.map(([moddleElement, properties]) => ({ cmd: 'element.updateModdleProperties', context: { element, moddleElement, properties } }));
    this.commandStack.execute('properties-panel.multi-command-executor', steps);
  }

  /** A new moddle element, parent of what it is given. */
  make(type, attributes) {
    const made = this.bpmnFactory.create(type, attributes);
    for (const value of Object.values(attributes).flat()) if (value?.$type) value.$parent = made;
    return made;
  }

  expression(body) {
    return this.make('bpmn:FormalExpression', { body });
  }

  #properties(element) {
    return this.extension(element, PROPERTIES)?.get('values') ?? [];
  }

  #made(pairs) {
    return pairs.filter(([, value]) => value !== '').map(([name, value]) => this.make('spiffworkflow:Property', { name, value }));
  }

  #replace(element, type, key, values) {
    const holder = this.extension(element, type);
    if (!values.length) this.extend(element, type, undefined);
    else if (holder) this.set(element, holder, { [key]: values.map((each) => Object.assign(each, { $parent: holder })) });
    else this.extend(element, type, this.make(type, { [key]: values }));
  }
}
Store.$inject = ['modeling', 'bpmnFactory', 'commandStack'];
