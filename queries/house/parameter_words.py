"""Values of parameters as people read and type them."""

import json
from typing import Any
from unicodedata import normalize

#: What stands after a value; a kind of value (enum, bool …) is no unit.
UNITS = {
    "wd": "个工作日",
    "cd": "个自然日",
    "h": "小时",
    "min": "分钟",
    "month": "个月",
    "year": "年",
    **dict.fromkeys(("enum", "bool", "time", "date", "text"), ""),
}


def shown(value: Any) -> str:
    """A truth value and a text as people read them, the rest as it is typed in."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def typed(text: str, like: Any) -> Any:
    """3 is a number, ３ too, true a truth value, [..] a list; where a word stands now, the text as it is."""
    if isinstance(like, str):
        return text
    try:
        return json.loads(normalize("NFKC", text))
    except ValueError:
        return {"是": True, "否": False}.get(text, text)
