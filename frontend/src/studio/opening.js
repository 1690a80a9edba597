import { Refused } from './draft_file.js';

const WAY_ON = '请导入改好的文件，或者在草稿页取消对它的改动。';

/** Says in `refused` why the editor stays empty: what the server said, else that the file is no `kind`, whose parts say it in English. */
export function cannotOpen(refused, error, kind) {
  const why = error instanceof Refused ? error.message : `文件坏了，或者里面没有${kind}。${WAY_ON}`;
  refused.textContent = `打不开：${why}`;
  refused.hidden = false;
}
