import { entry } from './entries.js';
import { choosePost } from './post.js';

/** Who does a task: a post chosen from lists, that of a unit in a variable, whoever registered, or an expression. */
export function assignee(element, { store, words }) {
  const get = () => store.read(element, 'candidates');
  const set = (value) => store.write(element, { candidates: value ?? '' });
  return [...choosePost('candidates', '由谁办理', { get, set, words }), entry('candidates', 'expr', '表达式', { get, set })];
}
