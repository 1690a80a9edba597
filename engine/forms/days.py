"""Which days a date field takes, seen from now: nobody minutes a meeting not yet held, or sets a limit already past."""

from datetime import datetime
from typing import Any

from engine.feel.values import CHINA
from engine.forms.form import Field

NOT_AFTER = "notAfter"  # in a date's properties: `today`, when what is said to have happened cannot lie ahead
#: `today`, or `now` where it has a time: what is still to be done is not due in the past, nor after the end of the next
#: year: whoever types such a day has mistyped it.
NOT_BEFORE = "notBefore"


def is_bounded(field: Field) -> bool:
    return bool(field.properties.get(NOT_AFTER) or field.properties.get(NOT_BEFORE))


def latest(field: Field, now: datetime) -> str:
    """The last day or minute it takes, as a browser writes it; "" without a bound."""
    if field.properties.get(NOT_AFTER):
        day = f"{now.astimezone(CHINA):%Y-%m-%d}"
    elif field.properties.get(NOT_BEFORE):
        day = f"{now.astimezone(CHINA).year + 1}-12-31"
    else:
        return ""
    return day + ("T23:59" if field.subtype == "datetime" else "")


def earliest(field: Field, now: datetime) -> str:
    """The first day or minute it takes, as a browser writes it; "" without a bound. A minute that runs is not past."""
    match field.properties.get(NOT_BEFORE), field.subtype:
        case None | "", _:
            return ""
        case "now", _:
            return f"{now.astimezone(CHINA):%Y-%m-%dT%H:%M}"
        case _, "datetime":
            return f"{now.astimezone(CHINA):%Y-%m-%d}T00:00"
    return f"{now.astimezone(CHINA):%Y-%m-%d}"


def untimely(field: Field, value: Any, now: datetime) -> str:
    """Why the field does not take this day or time; "" when it does."""
    written, last, first = str(value or "")[:16], latest(field, now), earliest(field, now)
    if written and last and written > last:
        end = "今天" if field.properties.get(NOT_AFTER) else "明年年底"
        return f"“{field.label}”不能晚于{end}（{last[:10]}）。"
    if written and first and written < first:
        if field.properties[NOT_BEFORE] == "now":
            return f"“{field.label}”不能早于现在（{first.replace('T', ' ')}）。"
        return f"“{field.label}”不能早于今天（{first[:10]}）。"
    return ""


def fault_of(field: Field) -> str:
    """What a designer wrote that cannot be meant: `now` without a time of day, a day for what is no date."""
    after, before = field.properties.get(NOT_AFTER), field.properties.get(NOT_BEFORE)
    moments = ("today", "now") if field.subtype == "datetime" else ("today",)
    if field.subtype in ("", "time"):
        return f"不是日期，不能设不晚于、不早于（{NOT_AFTER}、{NOT_BEFORE}）。" if after or before else ""
    if after not in (None, "today"):
        return f"不晚于哪一天，只能写 today（{NOT_AFTER}）。"
    if before not in (None, *moments):
        return f"不早于何时，只能写 {' 或 '.join(moments)}（{NOT_BEFORE}）。"
    return ""
