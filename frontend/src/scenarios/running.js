import { tokenNow } from '../studio/draft_file.js';
import { listed } from './numbers.js';
import { followTrial } from './progress.js';

/** Saves, tries the scenarios of this file, and tells below the text how they went. */
export async function runFile(page, autosave, node, numbers) {
  await autosave.flush();
  if (autosave.unsaved) return; // what stands in the way is told above
  node.textContent = '正在运行…';
  const form = new URLSearchParams({ csrf_token: tokenNow(page.token), file: page.name });
  await fetch(page.run, { method: 'POST', body: form, redirect: 'manual' });
  await followTrial(page.progress, (answer) => { node.replaceChildren(...told(page, answer, numbers)); });
}

function told(page, { goes_on, done, total, ahead, problem, outcomes }, numbers) {
  if (goes_on && !total) return [ahead ? `前面还有 ${ahead} 项` : '正在准备…'];
  if (goes_on) return [`正在运行，第 ${Math.min(done + 1, total)} 个，共 ${total} 个`];
  if (problem) return [problem];
  const failed = outcomes.filter(({ failure }) => failure.words);
  const said = failed.map(({ line, name, failure }) => (failure.file === page.name
    ? { line: failure.line, words: `“${name}”没有通过。${failure.words}` }
    : { line, words: `“${name}”没有通过。${failure.file} 第 ${failure.line} 行：${failure.words}` }));
  numbers.mark(said, 'failed');
  return [`通过 ${outcomes.length - failed.length} 个，未通过 ${failed.length} 个。`, ...(said.length ? [listed(said, numbers)] : [])];
}
