"""What value a parameter may have: its kind, told from the unit it is seeded with. Where the unit says too little, its
`choices` or `bounds` stand beside it in seeds/parameters.json and parameters_added.json. A value that passes here can
be counted with in the middle of somebody's case.
"""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any

from assessment import BadParameters
from errors import AppError
from models import Parameter
from reference import definitions, quiet
from reference.seeds import seeded_parameter
from worktime import check_roster

TYPES = {bool: "是或否（true、false）", int: "数", float: "数", str: "文字", list: "列表", dict: "对照表"}

DAYS = {"wd", "cd"}
#: Whole numbers from … to …, by what they count. A limit longer than a year is a slip of the pen.
COUNTED = {
    "wd": (0, 240),
    "cd": (0, 366),
    "h": (0, 720),
    "min": (0, 1440),
    "次": (0, 100),
    "件": (1, 1000),
    "位": (0, 100),
    "季": (1, 40),
    "星": (1, 5),
    "month": (0, 1200),
    "year": (0, 100),
}
HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
#: Numbers, with a fraction too.
RANGES = {"%": (0, 100), "分": (0, 100)}


#: What the files of one request may be together, in MB: UPLOAD_LENGTH in config.py has room for these and the form.
REQUEST_MB = 60


def check_uploads(values: Mapping[str, Any]) -> None:
    """Raises BadParameters where files that are each small enough are more than the server reads of one request."""
    whole = values["attach.max_mb"] * values["attach.max_files"]
    if whole > REQUEST_MB:
        raise BadParameters(f"一个附件最大MB数乘以一次的个数是{whole}，不能超过{REQUEST_MB}（一次上传的上限）；")


def check_digest(values: Mapping[str, Any]) -> None:
    """Raises BadParameters where the digest would be due in the quiet hours, in which none goes."""
    at, hours = values[quiet.DIGEST_AT], values[quiet.QUIET]
    if quiet.lies_in(time.fromisoformat(at), hours):
        raise BadParameters(f"每日汇总的时刻{at}在安静时段{hours}里，那时不往外发，汇总永远发不出；")


def why_not(parameter: Parameter, seeded: Any, value: Any) -> str:
    """How the value must be instead, as the end of a sentence that begins with the key; "" when it may be so."""
    kind = TYPES[type(seeded)]
    if TYPES.get(type(value)) != kind or (isinstance(value, float) and not math.isfinite(value)):
        return f"应为{kind}，例如 {_shown(seeded)}"
    if choices := choices_of(parameter.key):
        return "" if value in choices else f"应为{choices_in_words(parameter.key)}之一"
    if bounds := _bounds(parameter, seeded):
        least, most = bounds
        return "" if isinstance(value, int) and least <= value <= most else f"应为{least}至{most}的整数"
    if parameter.unit in RANGES:
        least, most = RANGES[parameter.unit]
        return "" if least <= value <= most else f"应在{least}至{most}之间"
    return FORMATS.get(parameter.key, _text)(value, seeded)


def choices_of(key: str) -> dict[str, str]:
    """Of an enumeration: each value it may have, and what that means."""
    choices: dict[str, str] = seeded_parameter(key).get("choices", {})
    return choices


def choices_in_words(key: str) -> str:
    """sign（签收）、dispatch（交办）; "" where there is nothing to choose from."""
    return "、".join(f"{choice}（{name}）" for choice, name in choices_of(key).items())


def _bounds(parameter: Parameter, seeded: Any) -> tuple[int, int] | None:
    """A limit of 0 days is over as it begins: only where the seeds mean it by 当日 may it be that."""
    if own := seeded_parameter(parameter.key).get("bounds"):
        return own[0], own[1]
    bounds = COUNTED.get(parameter.unit)
    return (1, bounds[1]) if bounds and parameter.unit in DAYS and seeded else bounds


def _text(value: Any, _seeded: Any) -> str:
    return "不能空着" if isinstance(value, str) and not value.strip() else ""


def _day(value: str, seeded: str) -> str:
    try:
        return "" if date.fromisoformat(value).isoformat() == value else f"应如 {seeded}"
    except ValueError:
        return f"应为存在的日期，例如 {seeded}"


def _day_of_any_year(value: str, seeded: str) -> str:
    return f"应为每年都有的月和日，例如 {seeded}" if _day(f"2026-{value}", "") else ""


def _roster(value: str, _seeded: str) -> str:
    try:
        check_roster(value)
    except AppError:
        return "应写成“周二至周五 09:00-10:00”这样"
    return ""


def _hour(value: str, seeded: str) -> str:
    return "" if HOUR.fullmatch(value) else f"应为一天里的时刻，例如 {seeded}"


def _hours(value: str, seeded: str) -> str:
    first, _, last = value.partition("-")
    good = value == quiet.NONE or (HOUR.fullmatch(first) and HOUR.fullmatch(last) and first != last)
    return "" if good else f"应写成“{seeded}”这样，不设写“{quiet.NONE}”"


def _names(value: Mapping[str, Any], seeded: Mapping[str, Any]) -> str:
    if missing := [key for key in seeded if not isinstance(value.get(key), str) or not value[key].strip()]:
        return f"应给{'、'.join(missing)}写明名称"
    return ""


def _counts(value: Mapping[str, Any], seeded: Mapping[str, Any]) -> str:
    if value.keys() == seeded.keys() and all(type(each) is int and 1 <= each <= 1000 for each in value.values()):
        return ""
    return f"应给{'、'.join(seeded)}各写一个1至1000的整数"


def _flows(value: list[Any], _seeded: Any) -> str:
    known = {row.key for row in definitions.newest_of_each()}
    strange = [each for each in value if not isinstance(each, str) or each not in known]
    return f"应为流程标识的列表，没有流程“{strange[0]}”" if strange else ""


#: What the unit does not tell: how a text or a table is written.
FORMATS: dict[str, Callable[[Any, Any], str]] = {
    "tz.trial_until": _day,
    "yc.campaign_end": _day_of_any_year,
    "xx.leader_duty": _roster,
    "xx.hotspot": _counts,
    "doc.issuer": _names,
    "flow.retired": _flows,
    "notify.digest_at": _hour,
    "notify.quiet": _hours,
}


def _shown(value: Any) -> str:
    """A truth value as people write it."""
    return ("是" if value else "否") if isinstance(value, bool) else str(value)
