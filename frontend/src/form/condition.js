/*
 * Conditions of form fields, in the browser: the nested lists of Expression.tree() (engine/feel).
 * Values that do not go together compare as null, which no condition takes for true. The server decides in the end.
 */
const CHINA = '+08:00';
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?$/;

const ORDER = {
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** true, false or null. `values` holds what the fields contain; a hidden or empty one is null. */
export function evaluate([operator, ...operands], values) {
  const value = (node) => evaluate(node, values);
  if (operator in ORDER) return compare(operator, value(operands[0]), value(operands[1]));
  switch (operator) {
    case 'literal': return operands[0];
    case 'date': case 'datetime': return moment(operands[0]);
    case 'list': return operands.map(value);
    case 'name': return values[operands[0]] ?? null;
    case 'and': return decide(operands.map(value), false);
    case 'or': return decide(operands.map(value), true);
    case 'not': return negate(value(operands[0]));
    case 'in': return decide(operands.slice(1).map((test) => passes(value(operands[0]), test, value)), true);
    default: return null;
  }
}

/** One test on the right of `in`: a value, a list of values, a comparison or a range. */
function passes(tested, [shape, ...operands], value) {
  if (shape === 'than') return compare(operands[0], tested, value(operands[1]));
  if (shape === 'range') {
    const [opening, low, high, closing] = operands;
    return decide([
      compare(opening === '[' ? '>=' : '>', tested, value(low)),
      compare(closing === ']' ? '<=' : '<', tested, value(high)),
    ], false);
  }
  const wanted = value(operands[0]);
  if (Array.isArray(wanted) && !Array.isArray(tested)) return wanted.some((each) => compare('=', tested, each) === true);
  return compare('=', tested, wanted);
}

/** `or` is decided by a true, `and` by a false; otherwise a null leaves it open. */
function decide(found, decisive) {
  if (found.includes(decisive)) return decisive;
  return found.every((each) => typeof each === 'boolean') ? !decisive : null;
}

const negate = (value) => (typeof value === 'boolean' ? !value : null);

function compare(symbol, left, right) {
  const equality = symbol === '=' || symbol === '!=';
  if (left === null || right === null) return equality ? (left === right) === (symbol === '=') : null;
  if (Array.isArray(left) && Array.isArray(right)) return equality ? sameLists(left, right) === (symbol === '=') : null;
  const [one, other] = left instanceof Moment || right instanceof Moment ? [moment(left), moment(right)] : [left, right];
  if (one instanceof Moment && other instanceof Moment) return ORDER[symbol](...one.beside(other));
  if (typeof one !== typeof other || typeof one === 'object') return null;
  return typeof one === 'boolean' && !equality ? null : ORDER[symbol](one, other);
}

const sameLists = (left, right) => left.length === right.length && left.every((each, i) => compare('=', each, right[i]) === true);

/** A day or a time. A day and a time compare by their days, on China's clock. */
class Moment {
  constructor(text) {
    this.isDay = DATE.test(text);
    this.at = Date.parse(this.isDay ? `${text}T00:00${CHINA}` : text.replace(' ', 'T') + (/(Z|[+-]\d{2}:\d{2})$/.test(text) ? '' : CHINA));
  }

  beside(other) {
    const days = this.isDay || other.isDay;
    return [this, other].map((each) => (days ? Math.floor((each.at + 8 * 3600e3) / 864e5) : each.at));
  }
}

function moment(value) {
  if (value instanceof Moment) return value;
  return typeof value === 'string' && (DATE.test(value) || MOMENT.test(value)) ? new Moment(value) : null;
}
