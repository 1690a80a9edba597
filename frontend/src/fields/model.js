const MOST_STEPS = 200; // to go back

/**
 * A form as JSON in the layout of form-js, with steps back and forth. Calls `changed({step, typing})` after each of them:
 * without `step` something was picked only; while somebody is `typing` one value, all of it is one step.
 */
export class FormModel {
  constructor(text, changed) {
    Object.assign(this, { schema: JSON.parse(text), changed, before: [], after: [], picked: null, last: null });
    this.schema.components ??= [];
  }

  get text() {
    return `${JSON.stringify(this.schema, null, 2)}\n`;
  }

  /** Every component with those around it: {component, siblings, depth, place}. */
  *walk(siblings = this.schema.components, depth = 0) {
    for (const [place, component] of siblings.entries()) {
      yield { component, siblings, depth, place };
      if (component.components) yield* this.walk(component.components, depth + 1);
    }
  }

  find(id) {
    for (const found of this.walk()) if (found.component.id === id) return found;
    return null;
  }

  pick(id) {
    this.picked = id;
    this.last = null;
    this.changed({ step: false });
  }

  /** `act` changes the schema; what it was before can be had again. */
  edit(act, typed = null) {
    if (!typed || typed !== this.last) this.before = [...this.before, JSON.stringify(this.schema)].slice(-MOST_STEPS);
    this.after = [];
    this.last = typed;
    act();
    this.changed({ step: true, typing: typed !== null });
  }

  undo() {
    this.#back(this.before, this.after);
  }

  redo() {
    this.#back(this.after, this.before);
  }

  #back(from, to) {
    if (!from.length) return;
    this.last = null;
    to.push(JSON.stringify(this.schema));
    this.schema = JSON.parse(from.pop());
    this.changed({ step: true });
  }

  /** A new component after the one that is picked, or inside it where it is a group or a list without fields. */
  add(component) {
    const key = this.#free(component.key ?? component.path ?? component.type);
    const made = { ...structuredClone(component), id: `field_${key}` };
    if ('key' in made) made.key = key;
    if ('path' in made) made.path = key;
    const at = this.picked && this.find(this.picked);
    this.picked = made.id;
    this.edit(() => {
      if (at?.component.components?.length === 0 && made.type !== 'group' && made.type !== 'dynamiclist') at.component.components.push(made);
      else if (at) at.siblings.splice(at.place + 1, 0, made);
      else this.schema.components.push(made);
    });
  }

  remove(id) {
    const { siblings, place } = this.find(id);
    this.picked = siblings[place + 1]?.id ?? siblings[place - 1]?.id ?? null;
    this.edit(() => siblings.splice(place, 1));
  }

  /** One place up or down; past the end of a group, out of it. */
  move(id, step) {
    const { component, siblings, place } = this.find(id);
    const parent = [...this.walk()].find((each) => each.component.components === siblings);
    const to = place + step;
    if ((to < 0 || to >= siblings.length) && !parent) return;
    this.edit(() => {
      siblings.splice(place, 1);
      if (to < 0) parent.siblings.splice(parent.place, 0, component);
      else if (to > siblings.length) parent.siblings.splice(parent.place + 1, 0, component);
      else siblings.splice(to, 0, component);
    });
  }

  /** Into the group or list above it, at its end. */
  moveInto(id) {
    const { component, siblings, place } = this.find(id);
    const group = siblings[place - 1];
    if (!group?.components) return;
    this.edit(() => {
      siblings.splice(place, 1);
      group.components.push(component);
    });
  }

  /** `values` by the path that leads to each in the component, or in the form where `id` is null; undefined: none. */
  set(id, values) {
    const target = id === null ? this.schema : this.find(id).component;
    const news = Object.entries(values).filter(([path, value]) => JSON.stringify(get(target, path)) !== JSON.stringify(value));
    if (!news.length) return;
    this.edit(() => news.forEach(([path, value]) => put(target, path, value)), `${id} ${Object.keys(values)[0]}`);
  }

  #free(wanted) {
    const taken = new Set([...this.walk()].flatMap(({ component }) => [component.key, component.path, component.id]));
    let key = wanted;
    for (let number = 2; taken.has(key) || taken.has(`field_${key}`); number += 1) key = `${wanted}_${number}`;
    return key;
  }
}

export function get(target, path) {
  return path.split('.').reduce((value, name) => value?.[name], target);
}

/** What becomes empty on the way is taken out as well. */
function put(target, path, value) {
  const [name, ...rest] = path.split('.');
  if (rest.length) {
    target[name] ??= {};
    put(target[name], rest.join('.'), value);
    if (!Object.keys(target[name]).length) delete target[name];
  } else if (value === undefined) delete target[name];
  else target[name] = value;
}
