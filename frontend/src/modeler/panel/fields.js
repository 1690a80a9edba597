import { entry } from './entries.js';

const READONLY = 'formReadonly';
const HIDDEN = 'formHidden';
const HERE = [{ value: READONLY, label: '这里只看不填' }, { value: HIDDEN, label: '这里隐藏' }];

/** What a step asks of a form that several share: each field as the form has it, only shown here, or hidden here. */
export function formFields(element, { store, words }) {
  const form = words.form(store.read(element, 'form'));
  const named = (name) => store.read(element, name).split(/\s+/).filter(Boolean);
  const unknown = [...named(READONLY), ...named(HIDDEN)].filter((key) => !form?.fields.some((field) => field.key === key));
  const fields = [...(form?.fields ?? []), ...unknown.map((key) => ({ key, label: `${key}（表单里没有）` }))];
  return fields.map(({ key, label, readonly }) => entry(`field-${key}`, 'choose', label, {
    get: () => [READONLY, HIDDEN].find((name) => named(name).includes(key)) ?? '',
    set: (chosen) => store.write(element, Object.fromEntries([READONLY, HIDDEN].map((name) => [name, keysWith(named(name), key, name === chosen)]))),
    options: HERE,
    nothing: readonly ? '照表单：只看不填' : '照表单：填写',
  }));
}

function keysWith(keys, key, isIn) {
  return [...keys.filter((each) => each !== key), ...(isIn ? [key] : [])].join(' ');
}
