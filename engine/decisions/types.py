"""What an input becomes under the type its column names."""

import math
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from engine.feel.functions import to_date, to_datetime, to_number, to_text

BOOLEANS = {"true": True, "false": False}
NUMBERS = frozenset({"number", "integer", "long", "double"})
WHOLE_NUMBERS = frozenset({"integer", "long"})


def _boolean(value: object) -> object:
    return value if isinstance(value, bool) else BOOLEANS.get(value) if isinstance(value, str) else None


def _moment(value: object) -> object:
    return to_datetime(value) or to_date(value)


CONVERSIONS: dict[str, Callable[[Any], Any]] = {
    "string": to_text,
    "boolean": _boolean,
    "date": to_date,
    "dateTime": _moment,
    "date and time": _moment,
    **dict.fromkeys(NUMBERS, to_number),
}


def coerced(value: Any, type_: str) -> Any:
    """The value as its column's type; a value that cannot become it stays, and matches nothing of that type."""
    if type_ not in CONVERSIONS or value is None:
        return value
    try:
        found = CONVERSIONS[type_](value)
    except (TypeError, ValueError, ArithmeticError):
        return value
    return value if found is None else found


def shown(value: Any) -> str:
    """A value in a sentence."""
    match value:
        case None:
            return "空"
        case bool():
            return "true" if value else "false"
        case str():
            return f"“{value[:40]}…”" if len(value) > 40 else f"“{value}”"
        case float() if math.isfinite(value):
            return f"{value:.6g}" if value != int(value) else str(int(value))
        case datetime():
            return value.isoformat(sep=" ", timespec="minutes")
        case date():
            return value.isoformat()
        case list():
            return "、".join(shown(item) for item in value[:5]) + ("等" if len(value) > 5 else "")
        case int() if abs(value) < 10**18:
            return str(value)
    return "（无法显示）"
