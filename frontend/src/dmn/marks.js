const COLOURS = { held: '#d3f0da', overlap: '#fff3d1', gap: '#fff3d1', error: '#fdecea' };

const sheet = new CSSStyleSheet(); // the editor draws its rows again and again: rules by id stay
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

/** Marks rows of the table: `marks` are pairs of a row's id and why, held or the kind of a fault; the first one counts. */
export function markRows(marks) {
  const kinds = new Map([...marks].reverse());
  const rules = [...kinds].map(([id, kind]) => {
    const cell = `[data-element-id="${CSS.escape(id)}"]`;
    return `.tjs-container td.rule-index${cell}, .tjs-container tr:has(> td.rule-index${cell}) > td { background: ${COLOURS[kind]}; }`;
  });
  sheet.replaceSync(rules.join('\n'));
}

/** Looks at a row, a column or the table itself. */
export function goTo(container, id) {
  const cell = container.querySelector(`[data-element-id="${CSS.escape(id)}"], [data-col-id="${CSS.escape(id)}"]`);
  (cell ?? container).scrollIntoView({ block: 'center', inline: 'nearest' });
}
