const KEY = 'bihuan.copied-elements';
const EARLY = 2500; // before bpmn-js looks into its own clipboard

/** What is copied here can be pasted into another diagram, in another tab of the same browser. */
class SharedClipboard {
  constructor(eventBus, clipboard, moddle) {
    this.stamp = null; // of what the clipboard of this tab holds
    eventBus.on('copyPaste.elementsCopied', ({ tree, hints }) => {
      if (hints?.clip === false || !Object.keys(tree).length) return;
      this.stamp = `${Date.now()}-${Math.random()}`;
      localStorage.setItem(KEY, JSON.stringify({ stamp: this.stamp, tree }));
    });
    eventBus.on('copyPaste.pasteElements', EARLY, () => {
      const copied = JSON.parse(localStorage.getItem(KEY) ?? '{}');
      if (!copied.tree || copied.stamp === this.stamp) return;
      this.stamp = copied.stamp;
      clipboard.set(JSON.parse(JSON.stringify(copied.tree), reviver(moddle)));
    });
  }
}
SharedClipboard.$inject = ['eventBus', 'clipboard', 'moddle'];

/**
 * JSON has no moddle elements: makes them again by their $type, each id once. A flow's diagrams have no id in common, so
 * theirs are taken here: what is pasted gets new ones. Messages, errors … are each file's own and keep theirs.
 */
function reviver(moddle) {
  const made = new Map();
  return (_, value) => {
    if (typeof value?.$type !== 'string') return value;
    if (value.id && made.has(value.id)) return made.get(value.id);
    const { $type, ...attributes } = value;
    const element = isKnown(moddle, $type) ? moddle.create($type, attributes) : undefined;
    if (value.id) made.set(value.id, element);
    if (element?.id && !element.$instanceOf('bpmn:RootElement') && !moddle.ids.assigned(element.id)) moddle.ids.claim(element.id, element);
    return element;
  };
}

/** What another modeler wrote and nothing here reads is not taken into another diagram. */
function isKnown(moddle, type) {
  try {
    return Boolean(moddle.getType(type));
  } catch {
    return false;
  }
}

export default { __init__: ['sharedClipboard'], sharedClipboard: ['type', SharedClipboard] };
