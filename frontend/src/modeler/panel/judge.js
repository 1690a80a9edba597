import { ask } from '../../studio/draft_file.js';

/** Asks the server what is wrong with an expression, and has the panel say it below the field. */
export class Judge {
  constructor(page, eventBus) {
    Object.assign(this, { page, eventBus, errors: {}, asked: {} });
    eventBus.on('selection.changed', () => this.#show({}));
  }

  async ask(id, source, script) {
    this.asked[id] = source;
    const message = source.trim() ? await this.#problem(source, script) : '';
    if (this.asked[id] === source) this.#show({ ...this.errors, [id]: message || undefined });
  }

  async #problem(source, script) {
    try {
      const address = `${this.page.expression}${script ? '?script=1' : ''}`;
      return (await (await ask(address, { method: 'POST', body: source, token: this.page.token })).json()).message;
    } catch {
      return ''; // the check of the whole diagram says it as well
    }
  }

  #show(errors) {
    this.errors = errors;
    this.eventBus.fire('propertiesPanel.setErrors', { errors });
  }
}
Judge.$inject = ['config.page', 'eventBus'];
