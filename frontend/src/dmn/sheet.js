import { ask } from '../studio/draft_file.js';
import { offer } from '../studio/saving.js';

const make = (tag, text, more = {}) => Object.assign(document.createElement(tag), { textContent: text, ...more });

/**
 * A workbook comes in: the server says what it changes, and only who agrees has it in the editor.
 * `current()` promises the file as it stands, `given(file)` is the form to send it in; `take(file)` opens another one.
 */
export function bringSheets(input, told, { address, token, current, given, take }) {
  const say = (...children) => {
    told.replaceChildren(...children);
    told.hidden = children.length === 0;
  };

  input.addEventListener('change', async () => {
    const [sheet] = input.files;
    if (!sheet) return;
    const sent = await current();
    const body = given(sent);
    body.append('sheet', sheet);
    input.value = ''; // the same file, mended, may come again
    try {
      const found = await (await ask(address, { method: 'POST', body, token })).json();
      if (found.changes.length) offerChanges({ ...found, sent });
      else say(make('p', '文件和表里的一样，没有改动。'), offer('知道了', () => say()));
    } catch (error) {
      say(...error.message.split('\n').map((line) => make('p', line)), offer('知道了', () => say()));
    }
  });

  function offerChanges({ changes, content, sent }) {
    const list = make('ul', '');
    list.append(...changes.map((words) => make('li', words)));
    const agree = offer('采用', async () => {
      const before = await current(); // the editor forgets its own steps when it opens a file
      if (before !== sent) return say(make('p', '核对以后表里又有改动，没有采用：请再导入一次。'), offer('知道了', () => say()));
      await take(content);
      const taken = await current();
      const undo = async () => {
        if ((await current()) === taken) return take(before).then(() => say());
        return say(make('p', '采用以后表里又改过，没有撤销：请用“撤销”一步一步退回。'), offer('知道了', () => say()));
      };
      say(make('p', '已采用。'), offer('撤销导入', undo), offer('知道了', () => say()));
    });
    agree.className = 'btn btn-primary btn-sm';
    say(make('p', `文件改了 ${changes.length} 处：`), list, agree, offer('不采用', () => say()));
  }
}
