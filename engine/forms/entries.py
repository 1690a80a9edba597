"""One field's submitted text into its typed JSON value, or a sentence why not."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import time
from typing import Any

from engine.feel.values import CHINA, parse_date, parse_datetime
from engine.forms.form import ONE_CHOICE, SEVERAL_CHOICES, TEXTS, Choice, Field
from engine.forms.identity import identity_fault
from engine.forms.patterns import fits

Lists = Mapping[str, Sequence[Choice]]

MAX_TEXT = 20_000
MAX_CHOSEN = 200
MIN_DIGITS = 7  # of a person's number
MAX_NUMBER = 10**15
YES = frozenset({"true", "on", "1", "yes", "是"})
NO = frozenset({"", "false", "off", "0", "no", "否"})
YEARS = range(1900, 3000)

_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,16}(?:\.[0-9]{0,12})?|\.[0-9]{1,12})")
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}(?::[0-9]{2})?")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}", re.ASCII)
_PHONE = re.compile(
    r"(?:\+?86[- ]?)?1[3-9][0-9]{9}|(?:0[0-9]{2,3}-?)?[1-9][0-9]{6,7}(?:-[0-9]{1,6})?|[48]00-?[0-9]{3}-?[0-9]{4}"
    r"|1[0-9]{4}|110|119|120|122"
)
#: Control characters but tab and line feed; what turns the reading order; halves of characters.
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
#: Blanks, joiners, marks and fillers that draw nothing: a title of these alone is no title.
_INVISIBLE = re.compile(
    "[\\s\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202f\u2060-\u206f"
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0]+"
)
FORMATS = {"email": (_EMAIL, "不是正确的电子邮箱。"), "phone": (_PHONE, "不是正确的电话号码。")}


class Wrong(ValueError):
    """The end of a sentence that begins with the field's label."""


def entry(field: Field, raw: Any, lists: Lists) -> Any:
    """Raises Wrong. An empty field gives field.empty; whether it may be empty is asked elsewhere."""
    if field.type in SEVERAL_CHOICES:
        return _several(field, raw, lists)
    text = _text(raw[-1] if isinstance(raw, list | tuple) and raw else raw, field.longest or MAX_TEXT)
    if field.type == "checkbox":
        return _ticked(text)
    if not text:
        return field.empty
    if field.type in ONE_CHOICE:
        return _choice(field, text, lists)
    return READERS[field.type](field, text)


def _text(raw: Any, longest: int = MAX_TEXT) -> str:
    match raw:
        case None | [] | ():
            return ""
        case bool():
            return "true" if raw else "false"
        case int() | float():
            return f"{raw:.15g}"
        case str():
            text = raw.replace("\r\n", "\n").replace("\r", "\n")
        case _:
            raise Wrong("的内容无法识别。")
    if len(text) > MAX_TEXT:
        raise Wrong(f"最多 {min(longest, MAX_TEXT)} 字，现在是 {len(text)} 字。")
    text = text.strip()
    if _HIDDEN.search(text):
        raise Wrong("含有看不见的控制字符，请删去后重新输入。")
    if text and _INVISIBLE.fullmatch(text):
        raise Wrong("里只有看不见的字符，请重新填写。")
    return text


def _narrow(text: str) -> str:
    """Digits and signs typed full-width are meant as ordinary ones."""
    return unicodedata.normalize("NFKC", text).strip() if len(text) <= MAX_CHOSEN else text


def _written(field: Field, text: str) -> str:
    if field.type == "textfield" and "\n" in text:
        raise Wrong("只能填写一行。")
    if field.min_length is not None and len(text) < field.min_length:
        raise Wrong(f"至少 {field.min_length} 字，现在是 {len(text)} 字。")
    if field.longest is not None and len(text) > field.longest:
        raise Wrong(f"最多 {field.longest} 字，现在是 {len(text)} 字。")
    personal = field.properties.get("personal")
    if personal == "identity":
        text = _narrow(text)
        if fault := identity_fault(text):
            raise Wrong(fault)
    if personal == "phone":
        text = _narrow(text)
        if sum(one.isdecimal() for one in text) < MIN_DIGITS:
            raise Wrong(f"里至少要有 {MIN_DIGITS} 位数字。")
    if field.format:
        expected, text = FORMATS[field.format], _narrow(text)
        if not expected[0].fullmatch(text):
            raise Wrong(expected[1])
    if field.pattern and not fits(field.pattern, text):
        raise Wrong("的格式不对。")
    return text


def _number(field: Field, text: str) -> int | float:
    text = _narrow(text)
    if not _NUMBER.fullmatch(text):
        raise Wrong("要填写数字。")
    number = float(text) if "." in text else int(text)
    if abs(number) > MAX_NUMBER:
        raise Wrong("的数字太大。")
    if field.digits is not None and len(text.partition(".")[2].rstrip("0")) > field.digits:
        raise Wrong("要填写整数。" if field.digits == 0 else f"最多保留 {field.digits} 位小数。")
    if field.min is not None and number < field.min:
        raise Wrong(f"不能小于 {field.min}。")
    if field.max is not None and number > field.max:
        raise Wrong(f"不能大于 {field.max}。")
    return number


def _moment(field: Field, text: str) -> str:
    text = _narrow(text)
    if field.subtype == "time":
        return _clock(text)
    if field.subtype == "date":
        day = parse_date(text)
        if day is None or day.year not in YEARS:
            raise Wrong("不是存在的日期，请写成 2026-01-31 这样。")
        return day.isoformat()
    moment = parse_datetime(text)
    if moment is None or moment.year not in YEARS:
        raise Wrong("不是存在的时间，请写成 2026-01-31 09:00 这样。")
    return moment.astimezone(CHINA).isoformat()


def _clock(text: str) -> str:
    try:
        return time.fromisoformat(text if _TIME.fullmatch(text) else "").isoformat("minutes")
    except ValueError:
        raise Wrong("不是存在的钟点，请写成 09:30 这样。") from None


def _ticked(text: str) -> bool:
    if text.lower() in YES | NO:
        return text.lower() in YES
    raise Wrong("只能选是或否。")


def _choice(field: Field, text: str, lists: Lists) -> str:
    if all(choice.value != text for choice in choices(field, lists)):
        raise Wrong("所选的不在可选范围内，请重新选择。")
    return text


def _several(field: Field, raw: Any, lists: Lists) -> list[str]:
    given = list(raw) if isinstance(raw, list | tuple) else [raw]
    if len(given) > MAX_CHOSEN:
        raise Wrong(f"最多选 {MAX_CHOSEN} 项。")
    texts = dict.fromkeys(text for text in map(_text, given) if text)
    return [_choice(field, text, lists) for text in texts]


def choices(field: Field, lists: Lists) -> Sequence[Choice]:
    """What may be chosen: its own, or the caller's list that it names."""
    return lists.get(field.choices_key, ()) if field.choices_key else field.choices


READERS: dict[str, Callable[[Field, str], Any]] = {
    **dict.fromkeys(TEXTS, _written),
    "number": _number,
    "datetime": _moment,
}
