/** The first of Message_1, Message_2 … that no root element has. */
export function freeId(type, definitions) {
  const taken = new Set(definitions.get('rootElements').map(({ id }) => id));
  const name = type.split(':')[1];
  let number = 1;
  while (taken.has(`${name}_${number}`)) number += 1;
  return `${name}_${number}`;
}
