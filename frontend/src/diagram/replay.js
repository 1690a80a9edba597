const EVERY = 900; // ms a step stays while it plays

/**
 * Goes through the way a case came, step by step.
 * A frame is {at, what, who, passed, back, waits, ended}: the elements passed by this step, passed no more (撤回), that
 * wait since, that wait no more; `at` and `who` may be ''. The places of the slider count from 1; the last is the present.
 */
export class Replay {
  /** `onStanding` gets {done, tokens, late, step} as the drawing stood then; null for the present. */
  constructor(node, onStanding) {
    this.node = node;
    this.onStanding = onStanding;
    this.slider = node.querySelector('input');
    this.words = node.querySelector('output');
    this.playing = null;
    [this.back, this.play, this.on] = node.querySelectorAll('button');
    this.slider.addEventListener('input', () => { this.stop(); this.show(); });
    this.back.addEventListener('click', () => { this.stop(); this.go(this.place - 1); });
    this.on.addEventListener('click', () => { this.stop(); this.go(this.place + 1); });
    this.play.addEventListener('click', () => (this.playing ? this.stop() : this.start()));
  }

  load(frames) {
    this.stop();
    this.frames = frames;
    this.node.hidden = !frames.length;
    this.slider.max = Math.max(1, frames.length);
    this.slider.value = frames.length;
    this.tell();
  }

  get place() {
    return Number(this.slider.value);
  }

  go(place) {
    if (place < 1 || place > this.frames.length) return;
    this.slider.value = place;
    this.show();
  }

  start() {
    this.go(this.place < this.frames.length ? this.place + 1 : 1);
    this.play.textContent = '暂停';
    this.playing = setInterval(() => (this.place < this.frames.length ? this.go(this.place + 1) : this.stop()), EVERY);
  }

  stop() {
    clearInterval(this.playing);
    this.playing = null;
    this.play.textContent = '播放';
  }

  show() {
    this.onStanding(this.place < this.frames.length ? standingAt(this.frames, this.place - 1) : null);
    this.tell();
  }

  tell() {
    const { place, frames } = this;
    const frame = frames[place - 1];
    const now = place === frames.length ? '，现在' : '';
    const told = frame && [frame.at, frame.what].filter(Boolean).join(' ') + (frame.who ? `（${frame.who}）` : '');
    this.words.textContent = frame ? `第${place}步，共${frames.length}步${now}：${told}` : '';
    this.slider.setAttribute('aria-valuetext', this.words.textContent);
    this.back.disabled = place <= 1;
    this.on.disabled = place === frames.length;
  }
}

function standingAt(frames, place) {
  const done = new Map();
  const waiting = new Map();
  const add = (counts, ids, by) => ids.forEach((id) => counts.set(id, Math.max(0, (counts.get(id) ?? 0) + by)));
  for (const frame of frames.slice(0, place + 1)) {
    add(done, frame.passed, 1);
    add(done, frame.back, -1);
    add(waiting, frame.ended, -1);
    add(waiting, frame.waits, 1);
  }
  const held = (counts) => [...counts].filter(([, count]) => count);
  return { done: held(done).map(([id]) => id), tokens: Object.fromEntries(held(waiting)), late: [], step: frames[place].passed };
}
