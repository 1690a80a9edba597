/** Keys of the forms that may have been filled in before a case comes to `flow`, nearest first, as far as this drawing shows it. */
export function filledBefore(flow, store) {
  const seen = new Set();
  const next = [flow.source];
  while (next.length) {
    const node = next.shift();
    if (!node || seen.has(node)) continue;
    seen.add(node);
    next.push(node.host, node.parent, ...(node.incoming ?? []).map(({ source }) => source)); // of an event the task it sits on
  }
  return [...seen].map((node) => store.read(node, 'form')).filter(Boolean);
}
