import { put } from './insert.js';

/** The link 常用语 under a form opens the person's phrases in place; a click puts one where the cursor was. */
export function offerPhrases(link, form) {
  let box = null;
  form.addEventListener('focusin', (event) => {
    if (event.target.matches('textarea, input[type=text]')) box = event.target;
  });
  link.addEventListener('click', async (event) => {
    event.preventDefault();
    const open = document.getElementById('phrases');
    if (open) {
      open.remove();
      return;
    }
    const list = await choices(link, (words) => {
      const into = box?.checkVisibility() ? box : [...form.querySelectorAll('textarea')].find((each) => each.offsetParent);
      if (into) put(into, words);
    });
    if (list) link.closest('.send').before(list);
    else window.open(link.href, '_blank', 'noopener'); // signed out, or no answer: its own page tells
  });
}

async function choices(link, choose) {
  try {
    const response = await fetch(link.href, { credentials: 'same-origin', redirect: 'error' });
    if (!response.ok) return null;
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const texts = [...page.querySelectorAll('[data-phrase]')].map((each) => each.textContent);
    return drawn(texts, link.href, choose);
  } catch {
    return null;
  }
}

function drawn(texts, address, choose) {
  const list = document.createElement('div');
  list.id = 'phrases';
  list.className = 'phrases';
  list.setAttribute('role', 'group');
  list.setAttribute('aria-label', '常用语');
  for (const words of texts) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = words;
    button.addEventListener('click', () => choose(words));
    list.append(button);
  }
  const manage = document.createElement('a');
  manage.href = address;
  manage.target = '_blank';
  manage.rel = 'noopener';
  manage.textContent = texts.length ? '增加、删除常用语' : '还没有常用语，去增加';
  list.append(manage);
  return list;
}
