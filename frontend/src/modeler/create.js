import Modeler from 'bpmn-js/lib/Modeler';
import Viewer from 'bpmn-js/lib/NavigatedViewer';
import ColorPicker from 'bpmn-js-color-picker';
import Grid from 'diagram-js-grid';
import Minimap from 'diagram-js-minimap';
import { BpmnPropertiesPanelModule } from 'bpmn-js-properties-panel';
import clipboard from './clipboard.js';
import kinds from './kinds.js';
import naming from './naming.js';
import spiffworkflow from './moddle.json';
import panel from './panel/provider.js';
import references from './references.js';
import translate from './translate.js';

/** The drawing board; one that is only read has no tools and no properties. */
export function createBoard({ board, about, page }) {
  const shared = { container: board, moddleExtensions: { spiffworkflow } };
  if (!page.editable) return new Viewer({ ...shared, additionalModules: [translate, references, Minimap, Grid] });
  return new Modeler({
    ...shared,
    propertiesPanel: { parent: about },
    vocabulary: page.words,
    page,
    additionalModules: [translate, references, Minimap, Grid, ColorPicker, BpmnPropertiesPanelModule, kinds, naming, panel, clipboard],
  });
}
