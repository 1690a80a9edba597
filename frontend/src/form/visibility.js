import { evaluate } from './condition.js';

const ROUNDS = 10; // a condition may depend on a field that another condition hides

/** Show and hide the fields that have a condition (data-when), whenever something in the form changes. */
export function showFields(form) {
  const update = () => {
    for (let round = 0; round < ROUNDS && updateOnce(form); round += 1);
  };
  form.addEventListener('input', update);
  form.addEventListener('change', update);
  update();
}

function updateOnce(form) {
  const around = valuesOf(form, null);
  let changed = false;
  for (const element of form.querySelectorAll('[data-when]')) {
    const row = element.closest('.row-set');
    const values = row ? { ...around, ...valuesOf(form, row) } : around;
    const hidden = evaluate(JSON.parse(element.dataset.when), values) === false;
    changed ||= element.hidden !== hidden;
    element.hidden = hidden;
  }
  return changed;
}

/** The values of one row, or of the form outside all rows. */
function valuesOf(form, row) {
  const fields = [...(row ?? form).querySelectorAll('[data-key]')].filter((field) => field.closest('.row-set') === row);
  return Object.fromEntries(fields.map((field) => [field.dataset.key, field.closest('[hidden]') ? null : valueOf(field)]));
}

function valueOf(field) {
  const ticked = [...field.querySelectorAll('input:checked')].map((input) => input.value);
  switch (field.dataset.kind) {
    case 'checklist': case 'taglist': return ticked;
    case 'checkbox': return ticked.length > 0;
    case 'radio': return ticked[0] ?? null;
    default: return typedIn(field.querySelector('input, select, textarea'), field.dataset.kind);
  }
}

function typedIn(control, kind) {
  const text = control?.value.trim() ?? '';
  if (!text) return null;
  return kind === 'number' && Number.isFinite(Number(text)) ? Number(text) : text;
}
