// What may be drawn is what the engine runs (engine/check/shapes.py): palette, pad and menu offer nothing else.
const PALETTE_WITHOUT = ['create.data-object', 'create.data-store'];
const PAD_WITHOUT = ['append.condition-intermediate-event', 'append.compensation-activity'];
const MENU = new Set([
  'user-task', 'service-task', 'receive-task', 'rule-task', 'script-task', 'call-activity', 'subprocess', 'expanded-subprocess',
  'exclusive-gateway', 'parallel-gateway', 'inclusive-gateway', 'event-based-gateway', 'expanded-pool',
  'none-start', 'none-start-event', 'message-start', 'timer-start',
  'none-intermediate-throw', 'none-intermediate-throwing', 'message-intermediate-catch', 'timer-intermediate-catch',
  'signal-intermediate-catch', 'signal-intermediate-throw', 'escalation-intermediate-throw',
  'message-boundary', 'timer-boundary', 'signal-boundary', 'escalation-boundary', 'error-boundary',
  'non-interrupting-message-boundary', 'non-interrupting-timer-boundary', 'non-interrupting-signal-boundary',
  'non-interrupting-escalation-boundary',
  'none-end', 'none-end-event', 'error-end', 'escalation-end', 'terminate-end',
  'sequence-flow', 'default-flow', 'conditional-flow', 'toggle-parallel-mi', 'toggle-sequential-mi',
]);
const LATE = 500; // after the providers of bpmn-js, which register with 1000

const without = (entries, names) => Object.fromEntries(Object.entries(entries).filter(([id]) => !names.includes(id)));
const runnable = (entries) => Object.fromEntries(Object.entries(entries).filter(([id]) => MENU.has(id.replace('replace-with-', ''))));

/** Takes out of palette, pad and menu what cannot run; a plain task becomes a user task. */
class Kinds {
  constructor(palette, contextPad, popupMenu, elementFactory, create, autoPlace) {
    Object.assign(this, { elementFactory, create, autoPlace });
    palette.registerProvider(LATE, this);
    contextPad.registerProvider(LATE, this);
    popupMenu.registerProvider('bpmn-replace', LATE, this);
  }

  getPaletteEntries() {
    const start = (event) => this.create.start(event, this.#userTask());
    return (entries) => ({ ...without(entries, PALETTE_WITHOUT), ...userTask(entries, 'create.task', { dragstart: start, click: start }) });
  }

  getContextPadEntries() {
    const drag = (event, source) => this.create.start(event, this.#userTask(), { source });
    const click = (_, source) => this.autoPlace.append(source, this.#userTask());
    return (entries) => ({ ...without(entries, PAD_WITHOUT), ...userTask(entries, 'append.append-task', { dragstart: drag, click }) });
  }

  getPopupMenuEntries() {
    return runnable;
  }

  getPopupMenuHeaderEntries() {
    return runnable;
  }

  #userTask() {
    return this.elementFactory.createShape({ type: 'bpmn:UserTask' });
  }
}
Kinds.$inject = ['palette', 'contextPad', 'popupMenu', 'elementFactory', 'create', 'autoPlace'];

function userTask(entries, id, action) {
  return entries[id] ? { [id]: { ...entries[id], className: 'bpmn-icon-user-task', action } } : {};
}

export default { __init__: ['kinds'], kinds: ['type', Kinds] };
