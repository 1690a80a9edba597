/** What the server said no to, in its own words; `answer` has what else it told: who was first, their revision. */
export class Refused extends Error {
  constructor(status, answer) {
    super(answer.message ?? '没有成功，请稍后再试。');
    this.status = status;
    this.answer = answer;
  }
}

/** One request to the server, with the token of this page. Throws Refused, also when the network is away. */
export async function ask(address, { method = 'GET', body, revision, token, type } = {}) {
  const headers = { 'X-CSRFToken': token ?? '' };
  if (type) headers['Content-Type'] = type;
  if (revision !== undefined) headers['X-Revision'] = String(revision);
  let response;
  try {
    response = await fetch(address, { method, body, headers });
  } catch {
    throw new Refused(0, { message: '连不上服务器，改动还在这个页面里，稍后自动再存。' });
  }
  if (response.redirected || response.status === 401) throw new Refused(401, { message: '登录已超时。请在另一个标签页登录，再回来继续，改动还在。' });
  if (!response.ok) throw new Refused(response.status, await response.json().catch(() => ({})));
  return response;
}

/** A file of a draft, as this page has it. `address` reads and saves it. */
export class DraftFile {
  constructor({ address, token }) {
    this.address = address;
    this.token = token;
    this.revision = 0;
  }

  async load() {
    const response = await ask(this.address);
    this.revision = Number(response.headers.get('X-Revision'));
    return response.text();
  }

  /** Throws Refused; with status 409 when somebody else has saved since. */
  async save(text) {
    const response = await ask(this.address, { method: 'PUT', body: text, revision: this.revision, token: this.token });
    this.revision = (await response.json()).revision;
  }
}
