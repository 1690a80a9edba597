/**
 * A panel beside the form (data-beside: where to ask) follows the fields it names (data-keys): what is typed is sent, and
 * the same panel is taken from the page that answers. Nothing else of that page is: the form stays as it is. One that
 * follows no field asks when its button is pressed.
 */
export function followForm(panel) {
  const button = panel.querySelector('button[form]');
  const { form } = button;
  const keys = new Set(panel.dataset.keys.split(' '));
  const typed = () => [...keys].map((key) => textOf(form, key)).join('\n').trim();
  let asked = '';
  let last = 0;

  async function ask(force) {
    const words = typed();
    const untyped = panel.dataset.keys && !words;
    if (untyped || (words === asked && !force)) return;
    asked = words;
    last += 1;
    const mine = last;
    const found = await answer(panel, form);
    if (mine === last) panel.querySelector('[data-found]').replaceChildren(...found);
  }

  form.addEventListener('change', (event) => {
    if (keys.has(event.target.closest('[data-key]')?.dataset.key)) ask(false);
  });
  button.addEventListener('click', (event) => {
    event.preventDefault();
    ask(true);
  });
  if (!panel.querySelector('[data-asked]')) ask(false);
}

/** Only what is asked for on the form as it stands: a field that a condition hides says nothing. */
function textOf(form, key) {
  const field = form.querySelector(`[data-key="${key}"]`);
  return field && !field.closest('[hidden]') ? field.querySelector('input, textarea')?.value.trim() ?? '' : '';
}

async function answer(panel, form) {
  try {
    const response = await fetch(panel.dataset.beside, { method: 'POST', body: new FormData(form), credentials: 'same-origin', redirect: 'error' });
    if (!response.ok) throw new Error(response.statusText);
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    return page.getElementById(panel.id).querySelector('[data-found]').childNodes;
  } catch {
    const sorry = document.createElement('p');
    sorry.className = 'soft';
    sorry.textContent = '没有查到，请点“查”再试；登录超时的，请在新的标签页登录以后再查。';
    return [sorry];
  }
}
