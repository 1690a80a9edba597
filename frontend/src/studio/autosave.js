const QUIET = 1500; // ms without a change before it is saved
const AGAIN = 10000; // ms after a save that failed for want of a network

/**
 * Saves by itself once nobody has changed anything for a moment. `read` gives the text to save, `say` shows how it
 * stands: saved, unsaved, saving, or the refusal. After a conflict nothing is saved until `go()` says so.
 */
export class Autosave {
  constructor(file, read, say) {
    Object.assign(this, { file, read, say, unsaved: false, held: false, saving: null, timer: 0 });
    addEventListener('beforeunload', (event) => {
      if (this.unsaved) event.preventDefault();
    });
  }

  changed() {
    this.unsaved = true;
    this.say('有未保存的改动');
    if (!this.held) this.#later(QUIET);
  }

  /** Save now; waits for one that is under way. */
  async flush() {
    for (let asked = null; asked !== this.saving; ) await (asked = this.saving); // another may begin while one waits
    if (!this.unsaved || this.held) return;
    clearTimeout(this.timer);
    this.saving = this.#save();
    await this.saving;
  }

  /** After a conflict: over what the other one saved, which stays in nobody's way. */
  async go(revision) {
    this.file.revision = revision;
    this.held = false;
    await this.flush();
  }

  #later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), wait);
  }

  async #save() {
    this.unsaved = false;
    this.say('正在保存…');
    try {
      await this.file.save(await this.read());
      if (!this.unsaved) this.say('已保存');
    } catch (error) {
      this.unsaved = true;
      this.held = error.status === 409;
      if (error.status === 0 || error.status === 401) this.#later(AGAIN);
      this.say(error.message, error);
    }
  }
}
