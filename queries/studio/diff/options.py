"""What the editors offer to choose from, by the label of the fact: a value and its words."""

from collections.abc import Mapping

from queries.studio.diff.labels import way

_DAYS = {"today": "今天", "now": "此刻"}

OPTIONS: Mapping[str, Mapping[str, str]] = {
    # of a form's field (frontend/src/fields/), and of a column of a table (frontend/src/dmn/chinese.js)
    way("type"): {
        "textfield": "单行文字",
        "textarea": "多行文字",
        "number": "数",
        "datetime": "日期时间",
        "radio": "单选",
        "select": "下拉选择",
        "checklist": "多选",
        "taglist": "多选",
        "checkbox": "勾选",
        "text": "说明",
        "group": "分组",
        "dynamiclist": "可加行的表",
        "string": "文字",
        "boolean": "是否",
        "date": "日期",
        "dateTime": "日期时间",
        "any": "任意值",
    },
    way("subtype"): {"date": "日期", "datetime": "日期和时间", "time": "时间"},
    way("valuesKey"): {"units": "本县承办单位", "own_units": "本人岗位所在单位", "co_units": "本件协办单位"},
    way("validationType"): {"phone": "电话", "email": "邮箱"},
    way("notBefore"): _DAYS,
    way("notAfter"): _DAYS,
    way("personal"): {"name": "姓名", "phone": "电话", "address": "住址", "identity": "身份证件"},
    way("official"): {"contact": "是，公开显示"},
    way("origin"): {"T": "文件原文", "P": "同类做法", "I": "推断"},
    way("prefill"): {"me": "本人", "today": "今天", "unit": "本人单位", "case": "本件前面填过的"},
    # of an element (frontend/src/modeler/panel/)
    way("sendBack"): {"any": "也可退回其他单位办的", "none": "不能退回"},
    way("underWay"): {
        "weekly": "每周",
        "biweekly": "每两周",
        "monthly": "每月",
        "quarterly": "每季",
        "half_yearly": "每半年",
        "yearly": "每年",
    },
    # of a table
    "命中策略": {
        "UNIQUE": "唯一",
        "FIRST": "取第一行",
        "PRIORITY": "按输出值的先后",
        "ANY": "结论相同即可",
        "COLLECT": "全部列出",
        "COLLECT SUM": "求和",
        "COLLECT MIN": "取最小",
        "COLLECT MAX": "取最大",
        "COLLECT COUNT": "计数",
        "RULE ORDER": "按行的先后列出",
        "OUTPUT ORDER": "按输出值的先后列出",
    },
}
