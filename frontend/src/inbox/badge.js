const EVERY = 60 * 1000; // politely: one small question a minute, of a page somebody can see
const SLOWEST = 10 * 60 * 1000; // while the server does not answer

/**
 * The number beside 待办 stays true while the page is open, and whoever looks at the list is told of new tasks; the rows
 * do not move. Where the sign-in has ended it asks no more.
 */
export function keepCount(badge, fresh) {
  let wait = EVERY;
  let asked = Date.now();
  let timer = 0;

  const later = () => {
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(ask, Math.max(0, asked + wait - Date.now()));
  };

  async function ask() {
    asked = Date.now();
    const told = await answer(badge);
    if (told === 'over') {
      document.removeEventListener('visibilitychange', later);
      return;
    }
    wait = told ? EVERY : Math.min(wait * 2, SLOWEST);
    if (told) show(badge, fresh, told);
    later();
  }

  document.addEventListener('visibilitychange', later);
  later();
}

/** The server's answer; null when there is none, 'over' when it sends us to sign in. */
async function answer(badge) {
  const { ask, since, had } = badge.dataset;
  try {
    const response = await fetch(`${ask}?${new URLSearchParams({ since, had })}`, { credentials: 'same-origin', redirect: 'manual' });
    if (response.type === 'opaqueredirect' || response.status === 403) return 'over';
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

function show(badge, fresh, told) {
  const [number, words] = badge.children;
  number.textContent = told.number;
  words.textContent = `（${told.words}）`;
  badge.title = told.words;
  badge.className = `badge-count ${told.color}`;
  badge.hidden = !told.number;
  if (fresh && told.new !== Number(fresh.dataset.told ?? 0)) tell(fresh, told.new);
}

/** A line above the list, which a screen reader says once. */
function tell(fresh, number) {
  fresh.dataset.told = number;
  const again = document.createElement('a');
  again.href = fresh.dataset.again;
  again.textContent = '刷新';
  fresh.replaceChildren(...(number ? [`有 ${number} 项新待办，`, again] : []));
}
