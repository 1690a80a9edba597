const EVERY = 1000; // ms between two questions while a trial goes on
const SLOWEST = 15000; // while the server does not answer

const wait = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

/** Asks how far the trial is until it is over; `told` hears each answer. Throws nothing: it asks again. */
export async function followTrial(address, told) {
  for (let pause = EVERY; ; pause = Math.min(pause * 2, SLOWEST)) {
    await wait(pause);
    const answer = await asked(address);
    if (!answer) continue;
    pause = EVERY / 2;
    told(answer);
    if (!answer.goes_on) return;
  }
}

async function asked(address) {
  try {
    const response = await fetch(address, { redirect: 'manual' });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

/** The list shows how far the trial is, and how it went as soon as it is over; what is typed below it stays. */
export async function keepFar(list) {
  if (list.dataset.goesOn !== '1') return;
  const bar = list.querySelector('#bar');
  const far = list.querySelector('#far');
  await followTrial(list.dataset.progress, ({ done, total, words, ahead }) => {
    if (!total) {
      far.textContent = `${words}，${ahead ? `前面还有 ${ahead} 项` : '正在准备…'}`;
      return;
    }
    bar.max = total;
    bar.value = done;
    far.textContent = `${words}，第 ${Math.min(done + 1, total)} 个，共 ${total} 个`;
  });
  const page = await (await fetch(location.href)).text();
  list.replaceWith(new DOMParser().parseFromString(page, 'text/html').getElementById('trial'));
}
