"""Numbers as people hand them in, made exact; and rounding as the documents mean it (SPEC §1.4: 两位小数、四舍五入)."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from fractions import Fraction

from errors import AppError

Number = int | float | str | Decimal  # a float means what it prints: 0.7 is seven tenths

PLACES = 2
LARGEST = Decimal(10) ** 12
FINEST = -12  # decimal places anybody may hand in
WIDE = Context(prec=60, rounding=ROUND_HALF_UP)


class BadScore(AppError, ValueError):
    """评分数据有误。"""


@contextmanager
def about(whom: str) -> Iterator[None]:
    """Names in a refusal the unit whose data it is about."""
    try:
        yield
    except BadScore as bad:
        raise BadScore(f"{whom}：{bad}") from None


def number(value: object, what: str) -> Decimal:
    """Any number, exactly. Raises BadScore for what is none, or is beyond all measure."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise BadScore(f"{what}应为数字，现在是“{said(value)}”。")
    try:
        exact = Decimal(value.strip() if isinstance(value, str) else str(value) if isinstance(value, float) else value)
    except InvalidOperation:
        raise BadScore(f"{what}应为数字，现在是“{said(value)}”。") from None
    if not exact.is_finite() or abs(exact) > LARGEST or _exponent(exact) < FINEST:
        raise BadScore(f"{what}超出可计算的范围：“{said(exact)}”。")
    return exact


def mark(value: object, what: str, full: int = 100) -> Decimal:
    """A mark somebody gave, from 0 to full marks (TZ-16: 百分制)."""
    exact = number(value, what)
    if not 0 <= exact <= full:
        raise BadScore(f"{what}应在0至{full}之间，现在是{shown(exact)}。")
    return exact


def count(value: object, what: str) -> int:
    """How many: a whole number, not below nothing."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST:
        raise BadScore(f"{what}应为不小于0的整数，现在是“{said(value)}”。")
    return value


def by_name(given: Mapping[str, object] | Sequence[object], names: Sequence[str], what: str) -> dict[str, object]:
    """Values for these names, handed in by name or in the order of the names. Each name has one."""
    named = dict(given) if isinstance(given, Mapping) else dict(zip(names, given, strict=False))
    if len(given) != len(names) or set(named) != set(names):
        raise BadScore(f"{what}应依次为{'、'.join(names)}，现在是“{said(given)}”。")
    return {name: named[name] for name in names}


def rounded(exact: Fraction, places: int = PLACES) -> Decimal:
    """四舍五入, half away from zero, once and from the exact value."""
    scaled = abs(exact) * 10**places
    whole = int(scaled + Fraction(1, 2))
    return WIDE.scaleb(Decimal(whole if exact >= 0 else -whole), -places)


def shown(value: Decimal | Fraction) -> str:
    """As a person writes it: no exponent. A fraction that does not end is cut after twelve places."""
    return f"{rounded(value, 12).normalize(WIDE):f}" if isinstance(value, Fraction) else f"{value:f}"


def said(value: object) -> str:
    """What was handed in, for a refusal: never longer than a line."""
    text = str(Decimal(value)) if isinstance(value, int) and not isinstance(value, bool) else str(value)
    return text if len(text) <= 40 else f"{text[:40]}…"


def percent(value: Decimal) -> str:
    """0.7 → 70%."""
    return f"{(value * 100).normalize(WIDE):f}%"


def _exponent(exact: Decimal) -> int:
    exponent = exact.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0
