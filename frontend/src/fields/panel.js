import { get } from './model.js';
import { nameOf } from './kinds.js';
import { propertiesOf } from './properties.js';

const make = (tag, more = {}) => Object.assign(document.createElement(tag), more);

/** How each kind of property is edited: what the box shows, and what the typed text is in the JSON. */
const EDITS = {
  text: { show: (value) => value ?? '', read: (text) => text.trim() || undefined },
  number: { show: (value) => value ?? '', read: (text) => (text.trim() === '' ? undefined : Number.isFinite(Number(text)) ? Number(text) : text) },
  any: { show: (value) => (typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value)), read: readAny },
  options: { show: (values) => (values ?? []).map(({ value, label }) => `${value}=${label}`).join('\n'), read: readOptions },
};

function readAny(text) {
  if (text.trim() === '') return undefined;
  return ['true', 'false'].includes(text) || Number.isFinite(Number(text)) ? JSON.parse(text) : text;
}

function readOptions(text) {
  const lines = text.split('\n').map((line) => line.trim()).filter(Boolean);
  const pairs = lines.map((line) => line.split(/=(.*)/s));
  return pairs.length ? pairs.map(([value, label]) => ({ label: (label ?? value).trim(), value: value.trim() })) : undefined;
}

/** What the picked field says, in boxes; each change is one step. Without one: what the form says. */
export function showPanel(place, model, editable) {
  const found = model.picked && model.find(model.picked);
  const groups = found ? propertiesOf(found.component.type) : [['表单', [{ path: 'properties.title', name: '标题' }]]];
  const target = found ? found.component : model.schema;
  const open = new Set([...place.querySelectorAll('details[open]')].map(({ dataset }) => dataset.group));
  const parts = groups.filter(([, all]) => all.length).map(([name, all], number) => {
    const part = make('details', { open: number === 0 || open.has(name) || all.some(({ path }) => number === 1 && get(target, path) !== undefined) });
    part.dataset.group = name;
    part.append(make('summary', { textContent: name }), ...all.map((property) => line(property, target, model, editable)));
    return part;
  });
  place.replaceChildren(make('p', { className: 'soft small', textContent: found ? nameOf(found.component) : '选中一个字段，在这里改；没有选中时是表单本身。' }), ...parts);
}

function line(property, target, model, editable) {
  const id = `p-${property.path.replaceAll('.', '-')}`;
  const box = boxOf(property, get(target, property.path) ?? (property.or && get(target, property.or)));
  Object.assign(box, { id, disabled: !editable });
  box.addEventListener('input', () => save(property, box, target, model));
  const row = make('div', { className: 'property' });
  const label = make('label', { htmlFor: id, textContent: property.name });
  if (box.type === 'checkbox') row.append(box, label);
  else row.append(label, box);
  if (property.list) row.append(suggestions(box, property.list));
  if (property.help) row.append(make('p', { className: 'soft small', textContent: property.help }));
  return row;
}

function boxOf({ kind, choices }, value) {
  if (choices) return select(choices, value);
  if (kind === 'tick' || kind === 'yes') return make('input', { type: 'checkbox', className: 'form-check-input', checked: value === true || value === 'yes' || value === 'true' });
  const shown = String((EDITS[kind] ?? EDITS.text).show(value));
  if (kind === 'words' || kind === 'options') return make('textarea', { className: 'form-control', rows: 4, value: shown });
  return make('input', { className: 'form-control', value: shown, autocomplete: 'off' });
}

/** A value that is none of the choices, a list of open cases for example, stays to be chosen. */
function select(choices, value) {
  const all = value === undefined || value in choices ? choices : { ...choices, [value]: value };
  const box = make('select', { className: 'form-select' });
  for (const [key, name] of Object.entries(all)) box.append(new Option(name, key));
  box.value = value ?? Object.keys(all)[0];
  return box;
}

function suggestions(box, texts) {
  const list = make('datalist', { id: `${box.id}-list` });
  list.append(...texts.map((text) => make('option', { value: text })));
  box.setAttribute('list', list.id);
  return list;
}

function save({ path, kind, choices, also, or }, box, target, model) {
  let value = (EDITS[kind] ?? EDITS.text).read(box.value);
  if (kind === 'tick') value = box.checked || undefined;
  if (kind === 'yes') value = box.checked ? 'yes' : undefined;
  if (choices) value = box.value || undefined;
  const more = also?.[target.type] ? { [also[target.type]]: value } : {};
  if (or) more[or] = undefined;
  model.set(target === model.schema ? null : target.id, { [path]: value, ...more });
}
