"""What may be in the data of a case: JSON that comes back from storage as it went in."""

from math import isfinite
from typing import Any

LARGEST = 2**63 - 1


def unstorable(value: Any) -> str | None:
    """Why a value cannot be kept, or None. Dates and decimals are text here."""
    if value is None or isinstance(value, bool | str):
        return _unencodable(value)
    if type(value) is int:
        return None if abs(value) <= LARGEST else "整数太大"
    if type(value) is float:
        return None if isfinite(value) else "不是有限的数"
    if type(value) is list:
        return _first(unstorable(item) for item in value)
    if type(value) is dict:
        if not all(type(key) is str for key in value):
            return "记录的键必须是文字"
        return _first(unstorable(item) for pair in value.items() for item in pair)
    return f"不能保存 {type(value).__name__} 类型的值"


def _first(reasons: Any) -> str | None:
    return next((reason for reason in reasons if reason), None)


def _unencodable(value: Any) -> str | None:
    if isinstance(value, str) and type(value) is str and not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            return "含有无法编码的字符"
    return None if value is None or type(value) in (bool, str) else f"不能保存 {type(value).__name__} 类型的值"
