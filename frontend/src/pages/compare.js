import '../css/diagram.css';
import '../css/changes.css';
import '../css/compare.css';
import { Pair } from '../compare/pair.js';

// [{number: of the file on the page, old, new: address of the XML or null, marks: {element: added … moved}}]
const pairs = JSON.parse(document.getElementById('page-data').textContent);

/** A drawing is read once it comes into sight: a flow may have ten of them. */
const sight = new IntersectionObserver((seen) => {
  for (const { isIntersecting, target } of seen) {
    if (!isIntersecting) continue;
    sight.unobserve(target);
    open(target);
  }
}, { rootMargin: '300px' });

async function open(section) {
  const pair = new Pair(section, pairs.find(({ number }) => section.id === `pair-${number}`));
  await pair.open();
  section.dataset.ready = '1';
}

for (const { number } of pairs) sight.observe(document.getElementById(`pair-${number}`));
