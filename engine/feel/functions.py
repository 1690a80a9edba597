"""Functions that every expression may call. What does not fit them gives null, as FEEL says."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from engine.feel.values import calculate, compare, day_of, kind, moment_of, parse_datetime, plain

Function = Callable[..., Any]


def to_date(value: object) -> object:
    moment = moment_of(value)
    return None if moment is None else day_of(moment)


def to_datetime(value: object) -> object:
    return parse_datetime(value) if isinstance(value, str) else value if kind(value) == "datetime" else None


def to_text(value: object) -> object:
    match kind(value):
        case "null" | "list" | "nothing":
            return None
        case "boolean":
            return "true" if value else "false"
        case "date" | "datetime":
            return value.isoformat()  # type: ignore[attr-defined]
    return str(value)


def to_number(value: object) -> object:
    if isinstance(value, str) and len(value) <= 30:
        return plain(Decimal(value.strip()))
    return value if kind(value) == "number" else None


def items(arguments: Sequence[Any]) -> list[Any]:
    """max([1, 2]) and max(1, 2) are the same."""
    return list(arguments[0]) if len(arguments) == 1 and kind(arguments[0]) == "list" else list(arguments)


def total(*arguments: Any) -> object:
    result: object = 0
    for item in items(arguments):
        result = calculate("+", result, item) if kind(item) == "number" else None
    return result


def extreme(symbol: str) -> Function:
    def most(*arguments: Any) -> object:
        values = items(arguments)
        if not values or values[0] is None:
            return None
        best = values[0]
        for value in values[1:]:
            further = compare(symbol, value, best)
            if further is None:
                return None
            best = value if further else best
        return best

    return most


def has(values: object, wanted: object) -> object:
    if kind(values) != "list":
        return None
    return any(compare("=", value, wanted) is True for value in values)  # type: ignore[attr-defined]


BUILT_IN: dict[str, Function] = {
    "date": to_date,
    "date and time": to_datetime,
    "string": to_text,
    "number": to_number,
    "contains": lambda text, part: str.__contains__(text, part),
    "starts with": lambda text, part: str.startswith(text, part),
    "ends with": lambda text, part: str.endswith(text, part),
    "upper case": lambda text: str.upper(text),
    "lower case": lambda text: str.lower(text),
    "string length": lambda text: len(text) if isinstance(text, str) else None,
    "list contains": has,
    "count": lambda values: len(values) if kind(values) == "list" else None,
    "min": extreme("<"),
    "max": extreme(">"),
    "sum": total,
    "abs": lambda number: abs(number) if kind(number) == "number" else None,
}


def call_built_in(name: str, arguments: Sequence[Any]) -> object:
    try:
        return BUILT_IN[name](*arguments)
    except (TypeError, ValueError, ArithmeticError):
        return None
