"""Numbers of papers that say who somebody is: 身份证, 统一社会信用代码, 护照. Only what cannot be one is refused."""

import re
from datetime import date

#: GB 11643: what each of the first 17 digits weighs, and the last sign for each remainder by 11.
PERSON = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
LAST = "10X98765432"
#: GB 32100: the signs of a 统一社会信用代码 by their value, the first 17 weigh the powers of 3.
SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_BETWEEN = re.compile(r"[ \-－·]")
_OTHER = re.compile(r"(?=.*[0-9])[A-Z0-9()/]{6,20}")
LENGTH = 18


def identity_fault(text: str) -> str:
    """Why this is no such number, as the end of a sentence that begins with the field's label; "" when it may be."""
    number = _BETWEEN.sub("", text).upper()
    if len(number) == LENGTH:
        if _is_persons(number) or _is_bodys(number):
            return ""
        return "与身份证号、统一社会信用代码的校验码都对不上，请核对。"
    if number.isdecimal() and len(number) in range(15, LENGTH + 3):
        of_old = len(number) == 15 and _is_day(f"19{number[6:12]}")
        return "" if of_old else f"不对：身份证号是18位，现在是{len(number)}位。"
    return "" if _OTHER.fullmatch(number) else "不是正确的证件号码，请核对。"


def _is_persons(number: str) -> bool:
    """身份证, also 外国人永久居留身份证 of 2023."""
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number) or not _is_day(number[6:14]):
        return False
    return LAST[sum(int(digit) * weight for digit, weight in zip(number, PERSON, strict=False)) % 11] == number[-1]


def _is_bodys(number: str) -> bool:
    if not set(number) <= set(SIGNS):
        return False
    total = sum(SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(number[:-1]))
    return (total + SIGNS.index(number[-1])) % 31 == 0


def _is_day(digits: str) -> bool:
    try:
        date.fromisoformat(digits)
    except ValueError:
        return False
    return True
