"""What FEEL values are and how two of them compare.

Variables are JSON: a date is ISO text. A text meets a date as a date. Values that do not go together
compare as null, which no rule and no condition takes for true.
"""

import math
import operator
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation
from typing import Any

CHINA = timezone(timedelta(hours=8))
LARGEST = 10**18

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATETIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})?"
)
_ARITHMETIC: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}
_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def parse_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        return None


def parse_datetime(text: str) -> datetime | None:
    """A time without offset is China's."""
    try:
        moment = datetime.fromisoformat(text) if _DATETIME.fullmatch(text) else None
    except ValueError:
        return None
    if moment and not date.min.year < moment.year < date.max.year:
        return None  # another zone would leave the calendar
    return moment.replace(tzinfo=CHINA) if moment and moment.tzinfo is None else moment


def kind(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int() | Decimal():
            return "number"
        case float():
            return "number" if math.isfinite(value) else "nothing"
        case str():
            return "string"
        case datetime():
            return "datetime"
        case date():
            return "date"
        case list() | tuple():
            return "list"
    return "nothing"


def compare(symbol: str, left: object, right: object) -> bool | None:
    """True, False, or None when the two cannot be compared."""
    if left is None or right is None:
        return _compare_null(symbol, left, right)
    pair = together(left, right)
    if pair is None:
        return None
    if kind(pair[0]) in {"boolean", "list"} and symbol not in {"=", "!="}:
        return None
    if kind(pair[0]) == "list":
        same = same_lists(list(pair[0]), list(pair[1]))
        return same if symbol == "=" else not same
    return bool(_ORDER[symbol](*pair))


def _compare_null(symbol: str, left: object, right: object) -> bool | None:
    if symbol in {"=", "!="}:
        return (left is right) == (symbol == "=")
    return None


def same_lists(left: list[object], right: list[object]) -> bool:
    pairs = zip(left, right, strict=False)
    return len(left) == len(right) and all(compare("=", one, other) is True for one, other in pairs)


def together(left: object, right: object) -> tuple[Any, Any] | None:
    """The two as values of one kind; None when there is no such kind."""
    kinds = (kind(left), kind(right))
    if "nothing" in kinds:
        return None
    if kinds[0] == kinds[1]:
        return (left, right)
    if set(kinds) <= {"string", "date", "datetime"}:
        one, other = moment_of(left), moment_of(right)
        if one is None or other is None:
            return None
        if isinstance(one, datetime) and isinstance(other, datetime):
            return (one, other)
        return (day_of(one), day_of(other))  # a day and a time compare by their days
    return None


def moment_of(value: object) -> date | None:
    if isinstance(value, str):
        return parse_date(value) or parse_datetime(value)
    return value if isinstance(value, date) else None


def day_of(moment: date) -> date:
    return moment.astimezone(CHINA).date() if isinstance(moment, datetime) else moment


def calculate(symbol: str, left: object, right: object) -> object:
    """Decimal inside, so that 0.1 + 0.2 = 0.3; texts join with +. Anything else is null."""
    if symbol == "+" and isinstance(left, str) and isinstance(right, str):
        return left + right if len(left) + len(right) <= 20_000 else None
    if kind(left) != "number" or kind(right) != "number":
        return None
    try:
        return plain(_ARITHMETIC[symbol](Decimal(str(left)), Decimal(str(right))))
    except (InvalidOperation, ArithmeticError):
        return None


def plain(number: Decimal) -> int | float | None:
    """A number as JSON keeps it."""
    if not number.is_finite() or abs(number) > LARGEST:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


def to_json(value: object) -> object:
    """What may leave for the case's data: dates as text, nothing that cannot be kept."""
    match kind(value):
        case "date" | "datetime":
            return value.isoformat()  # type: ignore[attr-defined]
        case "list":
            return [to_json(item) for item in value]  # type: ignore[attr-defined]
        case "nothing":
            return value if isinstance(value, dict) else None
    return plain(value) if isinstance(value, Decimal) else value
