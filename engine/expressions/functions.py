"""The pure functions every expression may call. Arguments come checked, one level deep."""

import datetime as dt
import inspect
import re
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal

from engine.expressions.failures import ExpressionError, shown
from engine.expressions.operators import contains, unequal
from engine.expressions.values import Value, checked, is_list, is_number, is_record, is_text, record

CHINA = dt.timezone(dt.timedelta(hours=8))

_NUMBER = re.compile(r"[+-]?[0-9]{1,40}(\.[0-9]{1,40})?")


def length(value: Value) -> int:
    if not (is_text(value) or is_list(value) or is_record(value)):
        raise ExpressionError("只有文字、列表和记录有长度")
    return len(value)


def text(value: Value) -> str:
    """As a person would write it in JSON; nothing for null, so that it disappears when joined."""
    if value is None:
        return ""
    if type(value) is bool:
        return "true" if value else "false"
    if is_text(value) or is_number(value):
        return str(value)
    raise ExpressionError("列表和记录不能转成文字")


def number(value: Value) -> int | float:
    """Whole if written without a point."""
    if is_number(value):
        return value + 0  # truth becomes 1 or 0
    if is_text(value) and _NUMBER.fullmatch(value.strip()):
        return checked(float(value) if "." in value else int(value))
    raise ExpressionError(f"“{shown(value)}”不是数字" if is_text(value) else "不是数字")


def smallest(*values: Value) -> Value:
    return min(_alike(values))


def largest(*values: Value) -> Value:
    return max(_alike(values))


def total(*values: Value) -> int | float:
    return sum(_number(value) for value in _items(values))


def rounded(value: Value, digits: Value = 0) -> int | float:
    """四舍五入, half away from zero as the documents mean it; Python's own rounds half to even."""
    if type(digits) is not int or not -9 <= digits <= 9:
        raise ExpressionError("小数位数须为 -9 到 9 的整数")
    exact = Decimal(str(_number(value) + 0))
    result = exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return float(result) if digits > 0 and type(value) is float else int(result)


def get(container: Value, key: Value, default: Value = None) -> Value:
    """The entry of a record, or the default when there is no record or no such entry."""
    if not is_record(container):
        return default
    return record(container, "数据").get(_text(key), default)


def without(items: Value, value: Value) -> list[Value]:
    """A list less every item that is this value."""
    if not is_list(items):
        raise ExpressionError("此处需要列表")
    return [item for item in items if unequal(item, value)]


def date(value: Value) -> str:
    """The day of an ISO date or time, as ISO text; a time with an offset is taken to China first."""
    return _day(value).isoformat()


def days_between(start: Value, end: Value) -> int:
    """Calendar days from one day to another; negative when the second is earlier."""
    return (_day(end) - _day(start)).days


def _day(value: Value) -> dt.date:
    try:
        time = dt.datetime.fromisoformat(_text(value)[:40])
    except ValueError:
        raise ExpressionError(f"“{shown(value)}”不是日期") from None
    return time.astimezone(CHINA).date() if time.tzinfo else time.date()


def _text(value: Value) -> str:
    if not is_text(value):
        raise ExpressionError("此处需要文字")
    return value


def _number(value: Value) -> int | float:
    if not is_number(checked(value)):
        raise ExpressionError("此处需要数字")
    return value


def _items(values: tuple[Value, ...]) -> list[Value]:
    """The arguments themselves, or the items of the one list given."""
    return values[0] if len(values) == 1 and is_list(values[0]) else list(values)


def _alike(values: tuple[Value, ...]) -> list[Value]:
    """Values that have an order among each other."""
    items = [checked(item) for item in _items(values)]
    if not items:
        raise ExpressionError("空列表没有最大值和最小值")
    if all(map(is_number, items)) or all(map(is_text, items)):
        return items
    raise ExpressionError("只有全是数字或全是文字才能比较大小")


PURE: Mapping[str, Callable[..., Value]] = {
    "len": length,
    "min": smallest,
    "max": largest,
    "sum": total,
    "abs": lambda value: abs(_number(value)),
    "round": rounded,
    "text": text,
    "str": text,
    "number": number,
    "int": lambda value: int(number(value)),
    "float": lambda value: float(number(value)),
    "bool": lambda value: bool(value),
    "lower": lambda value: _text(value).lower(),
    "upper": lambda value: _text(value).upper(),
    "startswith": lambda value, start: _text(value).startswith(_text(start)),
    "endswith": lambda value, end: _text(value).endswith(_text(end)),
    "contains": contains,
    "get": get,
    "without": without,
    "date": date,
    "day": lambda value: int(date(value)[8:]),
    "days_between": days_between,
}
_SIGNATURES = {name: inspect.signature(function) for name, function in PURE.items()}


def takes(name: str, count: int) -> bool:
    """Whether a pure function may be called with so many arguments."""
    try:
        _SIGNATURES[name].bind(*range(count))
    except TypeError:
        return False
    return True
