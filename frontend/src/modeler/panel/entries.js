import {
  CheckboxEntry, SelectEntry, TextAreaEntry, TextFieldEntry,
  isCheckboxEntryEdited, isSelectEntryEdited, isTextAreaEntryEdited, isTextFieldEntryEdited,
} from '@bpmn-io/properties-panel';
import { h } from '@bpmn-io/properties-panel/preact';
import { useService } from 'bpmn-js-properties-panel';
import { choices } from './words.js';

const shown = ({ element, id, label, help, get, set, wrong }, more) => ({
  key: element.id, element, id, label, description: help, getValue: get, setValue: set, validate: wrong, ...more,
});

function Text(entry) {
  return h(TextFieldEntry, shown(entry, { debounce: useService('debounceInput') }));
}

function Area(entry) {
  return h(TextAreaEntry, shown(entry, { debounce: useService('debounceInput'), rows: entry.rows ?? 2, autoResize: true }));
}

/** Expressions are judged by the server while one types; the sentence stands below the field. */
function Expression(entry) {
  const judge = useService('judge');
  const set = (value) => {
    entry.set(value);
    judge.ask(entry.id, value, entry.script);
  };
  return h(TextAreaEntry, shown({ ...entry, set }, { debounce: useService('debounceInput'), rows: entry.rows ?? 1, autoResize: true, monospace: true }));
}

function Choose(entry) {
  return h(SelectEntry, shown(entry, { getOptions: () => choices(entry.options, entry.get(), entry.nothing) }));
}

function Flag(entry) {
  return h(CheckboxEntry, shown(entry));
}

const KINDS = {
  text: [Text, isTextFieldEntryEdited],
  area: [Area, isTextAreaEntryEdited],
  expr: [Expression, isTextAreaEntryEdited],
  choose: [Choose, isSelectEntryEdited],
  flag: [Flag, isCheckboxEntryEdited],
};

/**
 * An entry of the panel. `as` is one of KINDS; get() and set(value) read and write it; options [{value, label}] of
 * a choice, wrong(value) the sentence that keeps a value from being taken.
 */
export function entry(id, as, label, { get, set, ...more }) {
  const [component, isEdited] = KINDS[as];
  return { id, component, isEdited, label, get, set, ...more };
}

/** The field for several with blanks between, and below it the list to add from. */
export function several(id, label, { get, set, options, help }) {
  const add = (value) => value && set([...get().split(/\s+/).filter(Boolean), value].join(' '));
  const left = options.filter(({ value }) => !get().split(/\s+/).includes(value));
  return [
    entry(id, 'text', label, { get, set, help }),
    entry(`${id}-add`, 'choose', `${label}：加一项`, { get: () => '', set: add, options: left, nothing: '（选择）' }),
  ];
}
