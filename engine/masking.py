"""Personal data as others see it (S-04, C-09). A form says which field is personal: name, phone, address, identity."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self

from engine.forms import Field

BETWEEN = r"[ .\-－·]"
#: A run of digits long enough to be somebody's number, in whatever way it is written; not that of a case (XX202610000).
NUMBER = re.compile(rf"(?<![A-Za-z\d])\+?\d(?:{BETWEEN}?\d){{6,17}}[Xx]?(?!\d)")
#: What is no number of anybody: a day, also with the hour or the day that follows it; an amount.
YEAR, MONTH, DAY = r"(?:19|20)\d\d", r"(?:0[1-9]|1[0-2])", r"(?:0[1-9]|[12]\d|3[01])"
SPACED = rf"{BETWEEN}(?:{MONTH}|[1-9]){BETWEEN}(?:{DAY}|[1-9])"
DATE = re.compile(rf"{YEAR}(?:{MONTH}{DAY}|{SPACED}(?:{BETWEEN}{YEAR}{SPACED}|{SPACED})?)(?: \d\d)?")
AMOUNT = re.compile(r"\d{1,10}(?:\.\d{1,4})? ?(?:元|万|平方米)")
REPORTER = "反映人"  # whoever is not known
#: What a clerk types where no name was given: nobody is hidden by covering it, and 无 stands in many a text.
NO_NAMES = frozenset({"无", "匿名", "不详", "未留"})
TOWN = re.compile(r"^.*?(?:乡|镇|街道)")


def mask(kind: str, text: str, kept: Collection[str] = (), *, known: bool = True) -> str:
    """王某某, 138****0000, 430321********1234, 云泉乡…; of free text (kind "") the numbers in it but those `kept`, all
    digits of them where the reporter may not be `known` (C-09).
    """
    match kind:
        case "name":
            return text if text.startswith("某") or text in NO_NAMES else f"{text[:1]}某某"
        case "address":
            town = TOWN.match(text)
            return f"{town[0]}…" if town else "已遮盖"
        case "phone" | "identity":
            return _hidden(text)
    return NUMBER.sub(
        lambda found: found[0] if _is_nobodys(found) or _digits(found[0]) in kept else _hidden(found[0], known), text
    )


def numbers(text: str) -> set[str]:
    """Those a text has, each by its digits however it is written."""
    return {_digits(found[0]) for found in NUMBER.finditer(text)}


def without_names(text: str, names: Iterable[str], *, known: bool, kept: Collection[str] = ()) -> str:
    """Free text may repeat what a form keeps apart: 张某某, or 反映人 to whom the reporter is not known (C-09)."""
    for name in filter(None, set(names) - NO_NAMES):
        text = text.replace(name, mask("name", name) if known else REPORTER)
    return mask("", text, kept, known=known)


@dataclass(frozen=True)
class Masking:
    """How the free text of one case is read: it may repeat what its forms keep apart. An official's number (`official`
    on the form) stays, also in papers: officials call each other by it (F-YL-3: 联系人及电话).
    """

    names: frozenset[str]
    contacts: frozenset[str]
    known: bool  # whether the reader may know who the reporter is

    @classmethod
    def of(cls, values: Sequence[tuple[Field, Any]], reporter: str, *, known: bool) -> Self:
        """`values`: everything that was handed in on this case so far."""
        names = {str(value) for field, value in values if value and field.properties.get("personal") == "name"}
        contacts = _numbers_of("official", values) - _numbers_of("personal", values)
        return cls(frozenset(names | {reporter}), frozenset(contacts), known)

    def text(self, text: str) -> str:
        return without_names(text, self.names, known=self.known, kept=self.contacts)


def _numbers_of(mark: str, values: Sequence[tuple[Field, Any]]) -> set[str]:
    """The numbers in fields that the form marks so."""
    return set[str]().union(*(numbers(str(value)) for field, value in values if value and mark in field.properties))


def _is_nobodys(found: re.Match[str]) -> bool:
    return bool(DATE.fullmatch(found[0]) or AMOUNT.match(found.string, found.start()))


def _hidden(text: str, known: bool = True) -> str:
    """Enough of a number to recognise it again, not to use it; nothing of it where its owner is not to be `known`."""
    digits = _digits(text)
    head, tail = (digits[:6], 4) if len(digits) >= 15 else (digits[:3], 4)
    if not known or len(digits) <= len(head) + tail:
        return "****"
    return f"{head}{'*' * (len(digits) - len(head) - tail)}{digits[-tail:]}"


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isalnum())
