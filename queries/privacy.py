"""Personal data as others see it (S-04, C-09). A form says which field is personal: name, phone, address, identity."""

import re
from collections.abc import Collection

#: A run of digits long enough to be somebody's number, in whatever way it is written.
NUMBER = re.compile(r"(?<!\d)\+?\d(?:[ -]?\d){6,17}[Xx]?(?!\d)")
#: What is no number of anybody: a day, also with the hour that follows it.
DATE = re.compile(r"(?:19|20)\d\d[ -]?\d\d[ -]?\d\d(?: \d\d)?")
TOWN = re.compile(r"^.*?(?:乡|镇|街道)")


def mask(kind: str, text: str, kept: Collection[str] = ()) -> str:
    """王某某, 138****0000, 430321********1234, 云泉乡…; of free text (kind "") the numbers in it but those `kept`."""
    match kind:
        case "name":
            return text if text.startswith("某") else f"{text[:1]}某某"
        case "address":
            town = TOWN.match(text)
            return f"{town[0]}…" if town else "已遮盖"
        case "phone" | "identity":
            return _hidden(text)
    return NUMBER.sub(
        lambda found: found[0] if DATE.fullmatch(found[0]) or _digits(found[0]) in kept else _hidden(found[0]), text
    )


def numbers(text: str) -> set[str]:
    """Those a text has, each by its digits however it is written."""
    return {_digits(found[0]) for found in NUMBER.finditer(text)}


def _hidden(text: str) -> str:
    """Enough of a number to recognise it again, not to use it."""
    digits = _digits(text)
    head, tail = (digits[:6], 4) if len(digits) >= 15 else (digits[:3], 4)
    if len(digits) <= len(head) + tail:
        return "****"
    return f"{head}{'*' * (len(digits) - len(head) - tail)}{digits[-tail:]}"


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isalnum())
