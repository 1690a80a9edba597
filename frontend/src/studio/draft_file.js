/** What the server said no to, in its own words; `answer` has what else it told: who was first, their revision. */
export class Refused extends Error {
  constructor(status, answer) {
    super(answer.message ?? '没有成功，请稍后再试。');
    this.status = status;
    this.answer = answer;
  }
}

let renewed = ''; // the token of who has signed in anew since this page was opened

/**
 * One request to the server, with the token of this page, or a new one where its person has signed in anew.
 * Throws Refused, also when the network is away.
 */
export async function ask(address, { token, ...request } = {}) {
  let response = await send(address, request, renewed || token);
  if (response.status === 400 && !speaksJson(response)) {
    renewed = await newToken();
    response = await send(address, request, renewed);
  }
  if (!response.ok) throw new Refused(response.status, await response.json().catch(() => ({})));
  return response;
}

/** Throws Refused where nobody answers, or nobody is signed in. */
async function send(address, { method = 'GET', body, revision, type } = {}, token = '') {
  const headers = { 'X-CSRFToken': token };
  if (type) headers['Content-Type'] = type;
  if (revision !== undefined) headers['X-Revision'] = String(revision);
  let response;
  try {
    response = await fetch(address, { method, body, headers });
  } catch {
    throw new Refused(0, { message: '连不上服务器，改动还在这个页面里，稍后自动再存。' });
  }
  if (response.redirected || response.status === 401) throw new Refused(401, { message: '登录已超时。请在另一个标签页登录，再回来继续，改动还在。' });
  return response;
}

const speaksJson = (response) => response.headers.get('Content-Type')?.startsWith('application/json');

/** The token to send with a form: of this page, or of who has signed in anew. */
export const tokenNow = (token) => renewed || token;

/** What is saved is saved in the name of whoever opened the page, and of nobody else. */
async function newToken() {
  const { alive, user } = document.querySelector('[data-alive][data-user]').dataset;
  const now = await (await send(alive)).json();
  if (now.user !== user) throw new Refused(401, { message: '现在登录的是另一个人。请在另一个标签页用原来的账号登录，再回来继续，改动还在。' });
  return now.token;
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
