const CYCLES = { weekly: '每周', biweekly: '每两周', monthly: '每月', quarterly: '每季', half_yearly: '每半年', yearly: '每年' };
const WAYS_BACK = { any: '也可退回其他单位办的', none: '不能退回' };
const OTHERS = (value) => ({ value, label: `${value}（草稿里没有）` });

/** Lists to choose from: what the server knows of the draft and the county, and what is drawn here now. */
export class Words {
  constructor(known, elementRegistry) {
    this.known = known;
    this.registry = elementRegistry;
  }

  forms() {
    return this.known.forms.map(({ key, title }) => ({ value: key, label: title ? `${title}（${key}）` : key }));
  }

  form(key) {
    return this.known.forms.find((each) => each.key === key);
  }

  decisions() {
    return this.known.decisions.map(({ id, name }) => ({ value: id, label: `${name}（${id}）` }));
  }

  processes() {
    return this.known.processes.map(({ id, name }) => ({ value: id, label: `${name}（${id}）` }));
  }

  statuses() {
    return Object.entries(this.known.statuses).map(([value, label]) => ({ value, label }));
  }

  clauses() {
    return Object.entries(this.known.clauses).map(([value, words]) => ({ value, label: `${value} ${words}` }));
  }

  /** The clauses of a text, each in words. */
  inWords(ids) {
    return ids.split(/\s+/).filter(Boolean).map((id) => `${id} ${this.known.clauses[id] ?? '文件里没有这一条'}`).join('\n');
  }

  handlers() {
    return this.known.handlers.map(({ key, name }) => ({ value: key, label: `${name}（${key}）` }));
  }

  handler(key) {
    return this.known.handlers.find((each) => each.key === key);
  }

  /** Of numbers, which may be a length. */
  numbers() {
    const numbers = this.known.parameters.filter(({ value }) => typeof value === 'number');
    return numbers.map(({ key, name, value }) => ({ value: key, label: `${name}（${key}，现为 ${value}）` }));
  }

  units() {
    const named = new Map(this.known.posts.map(({ unit, unitName }) => [unit, unitName]));
    return [...named].map(([value, label]) => ({ value, label }));
  }

  /** Those of one unit; without one, every role there is. */
  roles(unit) {
    const posts = this.known.posts.filter((post) => !unit || post.unit === unit);
    const named = new Map(posts.map(({ role, roleName }) => [role, roleName]));
    return [...named].map(([value, label]) => ({ value, label: unit ? label : `${label}（${value}）` }));
  }

  registrars() {
    return this.roles().filter(({ value }) => this.known.registrars.includes(value));
  }

  receivers() {
    return this.known.posts.map(({ unit, unitName, role, roleName }) => ({ value: `${unit}:${role}`, label: `${unitName} ${roleName}` }));
  }

  /** Steps of all diagrams of the draft; those drawn here first. */
  steps(kinds) {
    const here = this.#drawn().map(({ id, name, $type }) => ({ id, name, kind: $type.slice(5, 6).toLowerCase() + $type.slice(6) }));
    const wanted = [...here, ...this.known.steps].filter(({ kind }) => !kinds || kinds.includes(kind));
    return wanted.map(({ id, name }) => ({ value: id, label: name ? `${name.replace(/\s+/g, '')}（${id}）` : id }));
  }

  userTasks() {
    return this.steps(['userTask']);
  }

  deadlines() {
    const here = this.#drawn().map((each) => ({ name: each.name, ...Object.fromEntries(propertiesOf(each)) }));
    const named = [...here, ...this.known.steps].filter(({ deadline }) => deadline);
    const byKey = new Map(named.map(({ deadline, deadlineName, name }) => [deadline, deadlineName || name || deadline]));
    return [...byKey].map(([value, label]) => ({ value, label: `${label}（${value}）` }));
  }

  /** Fields of all forms, each key once: what a condition may ask. */
  fields() {
    const byKey = new Map(this.known.forms.flatMap(({ title, fields }) => fields.map((field) => [field.key, { ...field, title }])));
    return [...byKey.values()];
  }

  field(key) {
    return this.fields().find((each) => each.key === key);
  }

  cycles() {
    return Object.entries(CYCLES).map(([value, label]) => ({ value, label }));
  }

  waysBack() {
    return Object.entries(WAYS_BACK).map(([value, label]) => ({ value, label }));
  }

  #drawn() {
    const nodes = this.registry.filter(({ businessObject, labelTarget }) => !labelTarget && businessObject?.$instanceOf?.('bpmn:FlowNode'));
    return nodes.map(({ businessObject }) => businessObject);
  }
}
Words.$inject = ['config.vocabulary', 'elementRegistry'];

/** With a line for nothing, and one for a value that is none of the list. */
export function choices(options, value, nothing = '（不写）') {
  const missing = value && !options.some((each) => each.value === value) ? [OTHERS(value)] : [];
  return [{ value: '', label: nothing }, ...missing, ...options];
}

function propertiesOf(businessObject) {
  const all = businessObject.extensionElements?.get('values') ?? [];
  const properties = all.find(({ $type }) => $type === 'spiffworkflow:Properties');
  return (properties?.get('values') ?? []).map(({ name, value }) => [name, value]);
}
