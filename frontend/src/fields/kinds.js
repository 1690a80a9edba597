const UNITS = { valuesKey: 'units' };
const TWO = [{ label: '是', value: 'yes' }, { label: '否', value: 'no' }];
const kept = { properties: { origin: 'P' } };

/** What may stand on a form (engine/forms reads no more), as it is called and as it begins. */
export const KINDS = [
  ['单行文字', { type: 'textfield', key: 'text', label: '单行文字', ...kept }],
  ['多行文字', { type: 'textarea', key: 'words', label: '多行文字', validate: { maxLength: 2000 }, ...kept }],
  ['数', { type: 'number', key: 'number', label: '数', decimalDigits: 0, validate: { min: 0, max: 1000 }, ...kept }],
  ['工作日数', { type: 'number', key: 'days', label: '几个工作日', decimalDigits: 0, validate: { min: 1, max: 60 }, ...kept }],
  ['日期', { type: 'datetime', key: 'day', label: '日期', dateLabel: '日期', subtype: 'date', ...kept }],
  ['办结期限', { type: 'datetime', key: 'until', label: '完成时限', dateLabel: '完成时限', subtype: 'date', properties: { origin: 'P', notBefore: 'today' } }],
  ['日期和时间', { type: 'datetime', key: 'moment', label: '时间', dateLabel: '时间', subtype: 'datetime', ...kept }],
  ['单选', { type: 'radio', key: 'choice', label: '单选', values: TWO, ...kept }],
  ['下拉选择', { type: 'select', key: 'pick', label: '下拉选择', values: TWO, ...kept }],
  ['多选', { type: 'checklist', key: 'several', label: '多选', values: TWO, ...kept }],
  ['选单位（一个）', { type: 'select', key: 'unit', label: '单位', ...UNITS, ...kept }],
  ['选单位（几个）', { type: 'taglist', key: 'units', label: '单位（可多选）', ...UNITS, ...kept }],
  ['勾选', { type: 'checkbox', key: 'ticked', label: '勾选', ...kept }],
  ['附件（勾选的须附材料）', { type: 'checkbox', key: 'with_paper', label: '有书面材料', properties: { origin: 'P', needsFile: '书面材料' } }],
  ['填表人（先填本人）', { type: 'textfield', key: 'person', label: '经办人', properties: { origin: 'P', prefill: 'me' } }],
  ['一段说明', { type: 'text', text: '说明', label: '' }],
  ['分组', { type: 'group', label: '分组', components: [] }],
  ['可加行的表', { type: 'dynamiclist', path: 'rows', label: '明细', components: [], ...kept }],
];

const NAMES = {
  textfield: '单行文字', textarea: '多行文字', number: '数', datetime: '日期时间', radio: '单选', select: '下拉选择',
  checklist: '多选', taglist: '多选', checkbox: '勾选', text: '说明', group: '分组', dynamiclist: '可加行的表',
};

export const nameOf = (component) => NAMES[component.type] ?? component.type;
export const labelOf = (component) => component.label || component.text || component.key || component.path || '（没有名称）';
