/** A button that copies the words of another element. An intranet page over plain HTTP has no clipboard API. */
export function copyText(button) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    const source = document.getElementById(button.dataset.copy);
    button.textContent = await copied(source) ? '已复制' : '请按 Ctrl+C 复制';
  });
}

async function copied(source) {
  select(source);
  try {
    await navigator.clipboard.writeText(source.innerText);
    return true;
  } catch {
    return document.execCommand('copy');
  }
}

function select(source) {
  const range = document.createRange();
  range.selectNodeContents(source);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}
