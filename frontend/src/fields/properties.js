const TEXTS = ['textfield', 'textarea'];
const CHOICES = ['radio', 'select', 'checklist', 'taglist'];
const KEYED = [...TEXTS, ...CHOICES, 'number', 'datetime', 'checkbox'];
const VALUES = [...KEYED, 'dynamiclist'];
const DAYS = { '': '不限', today: '今天' };

/**
 * What a field says, by group: where it stands in the JSON, what it is called, how it is edited, on which types it may
 * stand (all without), what helps; `or` is where form-js says the same, `also` what goes with it. The words are those of docs/architecture.md.
 */
export const GROUPS = {
  基本: [
    { path: 'label', name: '名称', except: ['text'], also: { datetime: 'dateLabel' } },
    { path: 'text', name: '文字', kind: 'words', on: ['text'] },
    { path: 'key', name: '字段键', on: KEYED, help: '字母、汉字、数字、下划线；流程里的条件按它取值' },
    { path: 'path', name: '字段键', on: ['dynamiclist'], help: '字母、汉字、数字、下划线' },
    { path: 'description', name: '填写说明', kind: 'words', on: VALUES },
    { path: 'subtype', name: '填到', on: ['datetime'], choices: { date: '日期', datetime: '日期和时间', time: '时间' } },
    { path: 'values', name: '选项', kind: 'options', on: CHOICES, help: '一行一个：值=名称。选项取自名单的，清空这里' },
    { path: 'valuesKey', name: '选项取自名单', on: CHOICES, choices: { '': '（用上面的选项）', units: '本县承办单位', own_units: '本人岗位所在单位', co_units: '本件协办单位', ordered_units: '办过被督办事项的单位' } },
    { path: 'defaultValue', name: '默认值', kind: 'any', on: KEYED },
  ],
  填写要求: [
    { path: 'validate.required', name: '必填', kind: 'tick', on: VALUES },
    { path: 'readonly', or: 'disabled', name: '只看不填', kind: 'tick', on: KEYED },
    { path: 'conditional.hide', name: '什么时候隐藏', help: '条件，如 agree = "no"；只能用本表的字段' },
    { path: 'validate.minLength', name: '最少字数', kind: 'number', on: TEXTS },
    { path: 'validate.maxLength', name: '最多字数', kind: 'number', on: TEXTS },
    { path: 'validate.pattern', name: '格式（正则表达式）', on: TEXTS },
    { path: 'validate.validationType', name: '内容是', on: TEXTS, choices: { '': '不限', phone: '电话', email: '邮箱' } },
    { path: 'validate.min', name: '最小', kind: 'number', on: ['number'] },
    { path: 'validate.max', name: '最大', kind: 'number', on: ['number'] },
    { path: 'decimalDigits', name: '小数位数', kind: 'number', on: ['number'] },
    { path: 'properties.notBefore', name: '不早于', on: ['datetime'], choices: { ...DAYS, now: '此刻（有时间的）' } },
    { path: 'properties.notAfter', name: '不晚于', on: ['datetime'], choices: DAYS },
    { path: 'properties.apartFrom', name: '不得与这些字段相同', on: VALUES, help: '字段键，几个用空格隔开' },
    { path: 'properties.unique', name: '各行不得重复', kind: 'yes', on: VALUES },
    { path: 'properties.refuse', name: '什么时候不收', on: VALUES, help: '条件，成立时不收；下面写给填表人看的话' },
    { path: 'properties.refusal', name: '不收时说', on: VALUES },
    { path: 'properties.barred', name: '按办件情况不收', on: VALUES, help: '系统表达式，可用 param("…")、due("…")' },
    { path: 'properties.barredWords', name: '那时说', on: VALUES, help: '表达式，文字加双引号' },
    { path: 'properties.needsFile', name: '填了就须附的材料', on: VALUES, help: '材料的名称，如 书面批示' },
  ],
  '谁看、带出什么': [
    { path: 'properties.personal', name: '反映人的个人信息', on: VALUES, choices: { '': '不是', name: '姓名', phone: '电话', address: '住址', identity: '身份证件' } },
    { path: 'properties.official', name: '工作人员的联系电话', on: VALUES, choices: { '': '不是', contact: '是，公开显示' } },
    { path: 'properties.confidential', name: '涉及问责线索，只有线索岗位看', kind: 'yes', on: VALUES },
    { path: 'properties.reply', name: '对反映人公开的答复', kind: 'yes', on: VALUES },
    { path: 'properties.prefill', name: '打开时先填', on: VALUES, help: 'me 本人、today 今天、unit 本人单位、case 本件前面填过的', list: ['me', 'today', 'unit', 'case', 'meeting.all', 'meeting.came', 'meeting.absent', 'meeting.absent_units', 'meeting.place'] },
    { path: 'properties.suggest', name: '旁边推荐单位', on: ['select', 'taglist'], help: 'yes，或填好它的决策表，如 D-03' },
    { path: 'properties.origin', name: '这一项的来历', on: VALUES, choices: { '': '（没有写）', T: '文件原文', P: '同类做法', I: '推断' } },
    { path: 'properties.sheet', name: '印在哪张文书', on: VALUES },
    { path: 'properties.field', name: '文书上的哪一格', on: VALUES },
  ],
};

export function propertiesOf(type) {
  const may = ({ on, except }) => (on ? on.includes(type) : !except?.includes(type));
  return Object.entries(GROUPS).map(([name, all]) => [name, all.filter(may)]);
}
