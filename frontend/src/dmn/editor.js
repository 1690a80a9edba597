import DecisionTableEditor from 'dmn-js-decision-table/lib/Editor';
import DecisionTableViewer from 'dmn-js-decision-table/lib/Viewer';
import EditingManager from 'dmn-js-shared/lib/base/EditingManager';
import { is } from 'dmn-js-shared/lib/util/ModelUtil';
import { chinese } from './chinese.js';

/** The types the server knows (engine/decisions/types.py). */
const TYPES = ['string', 'number', 'boolean', 'date', 'dateTime', 'Any'];
const FEEL = { options: [{ label: 'FEEL', value: 'feel' }], defaults: { editor: 'feel' } };

const isTable = (element) => is(element, 'dmn:Decision') && is(element.decisionLogic, 'dmn:DecisionTable');

class Tables extends EditingManager {
  _getViewProviders() {
    return [{ id: 'decisionTable', constructor: DecisionTableEditor, opens: isTable }];
  }
}

class TablesToRead extends EditingManager {
  _getViewProviders() {
    return [{ id: 'decisionTable', constructor: DecisionTableViewer, opens: isTable }];
  }
}

/**
 * dmn-js with decision tables alone, in Chinese. Calls `changed` after every change, undone ones included.
 */
export function createTables(container, editable, changed) {
  const Kind = editable ? Tables : TablesToRead;
  const common = { additionalModules: [chinese], dataTypes: TYPES, expressionLanguages: FEEL };
  const tables = new Kind({ container, decisionTable: common });
  tables.on('viewer.created', ({ viewer }) => viewer.on('commandStack.changed', ({ trigger }) => trigger !== 'clear' && changed()));
  return tables;
}

/** The file as it stands in the editor. */
export async function xmlOf(tables) {
  return (await tables.saveXML({ format: true })).xml;
}
