import { ask } from '../studio/draft_file.js';
import { offer } from '../studio/saving.js';

const make = (tag, text, more = {}) => Object.assign(document.createElement(tag), { textContent: text, ...more });

/**
 * A workbook comes in: the server says what it changes, and only who agrees has it in the editor.
 * `given()` promises the form with the table as it stands; `take(xml)` puts another one into the editor.
 */
export function bringSheets(input, told, { address, token, given, take }) {
  const say = (...children) => {
    told.replaceChildren(...children);
    told.hidden = children.length === 0;
  };

  input.addEventListener('change', async () => {
    const [sheet] = input.files;
    if (!sheet) return;
    const body = await given();
    body.append('sheet', sheet);
    input.value = ''; // the same file, mended, may come again
    try {
      const found = await (await ask(address, { method: 'POST', body, token })).json();
      if (found.changes.length) offerChanges(found);
      else say(make('p', '文件和表里的一样，没有改动。'), offer('知道了', () => say()));
    } catch (error) {
      say(...error.message.split('\n').map((line) => make('p', line)), offer('知道了', () => say()));
    }
  });

  function offerChanges({ changes, content }) {
    const list = make('ul', '');
    list.append(...changes.map((words) => make('li', words)));
    const agree = offer('采用', async () => {
      await take(content);
      say();
    });
    agree.className = 'btn btn-primary btn-sm';
    say(make('p', `文件改了 ${changes.length} 处：`), list, agree, offer('不采用', () => say()));
  }
}
