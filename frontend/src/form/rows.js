/** Add and remove the rows of a dynamic list. Names count up and never repeat; the server reads them in order. */
export function manageRows(form) {
  form.addEventListener('click', (event) => {
    const button = event.target.closest('button');
    if (!button) return;
    if (button.dataset.add !== undefined) add(button);
    if (button.dataset.remove !== undefined) remove(button);
  });
}

function add(button) {
  const list = button.closest('[data-rows]');
  const template = list.querySelector('template').content.cloneNode(true);
  const row = template.firstElementChild;
  const number = list.dataset.next;
  list.dataset.next = Number(number) + 1;
  for (const node of row.querySelectorAll('*')) {
    for (const name of ['name', 'id', 'for', 'aria-describedby', 'data-path']) {
      const value = node.getAttribute(name);
      if (value) node.setAttribute(name, value.replaceAll('__n__', number));
    }
  }
  button.before(row);
  count(list);
  row.querySelector('input, select, textarea')?.focus();
  button.form.dispatchEvent(new Event('input', { bubbles: true }));
}

function remove(button) {
  const list = button.closest('[data-rows]');
  const form = button.form;
  button.closest('.row-set').remove();
  count(list);
  list.querySelector('[data-add]').focus();
  form.dispatchEvent(new Event('input', { bubbles: true }));
}

function count(list) {
  list.querySelectorAll('.row-set').forEach((row, index) => {
    row.querySelector('.row-number').textContent = `第 ${index + 1} 行`;
  });
}
