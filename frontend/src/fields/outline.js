import { labelOf, nameOf } from './kinds.js';

const make = (tag, more = {}) => Object.assign(document.createElement(tag), more);

/** The fields of the form in their order, each a button that picks it; with buttons to move it while it is picked. */
export function showOutline(place, model, editable) {
  const held = document.activeElement?.dataset?.act;
  const lines = [...model.walk()].map((each) => line(each, model, editable));
  place.replaceChildren(...lines);
  if (held) place.querySelector(`[data-act="${held}"]`)?.focus(); // moving on with the keyboard goes on
}

function line({ component, siblings, place, depth }, model, editable) {
  const picked = component.id === model.picked;
  const item = make('li', { className: `field-line d${depth}` });
  const pick = make('button', { type: 'button', className: 'pick', textContent: labelOf(component) });
  pick.setAttribute('aria-pressed', picked);
  pick.addEventListener('click', () => model.pick(component.id));
  pick.append(make('span', { className: 'soft small', textContent: words(component) }));
  item.append(pick);
  if (picked && editable) item.append(acts(component.id, siblings[place - 1], model));
  return item;
}

function words(component) {
  const marks = [
    nameOf(component),
    component.validate?.required && '必填',
    (component.readonly || component.disabled) && '只看',
    component.conditional?.hide && '有条件',
  ];
  return marks.filter(Boolean).join(' · ');
}

function acts(id, above, model) {
  const group = make('span', { className: 'acts-on' });
  const offers = [
    ['up', '上移', () => model.move(id, -1)],
    ['down', '下移', () => model.move(id, 1)],
    above?.components && ['into', `放进“${labelOf(above)}”`, () => model.moveInto(id)],
    ['remove', '删除', () => model.remove(id)],
  ];
  for (const [act, name, run] of offers.filter(Boolean)) {
    const button = make('button', { type: 'button', className: 'btn btn-quiet btn-sm', textContent: name });
    button.dataset.act = act;
    button.addEventListener('click', run);
    group.append(button);
  }
  return group;
}
