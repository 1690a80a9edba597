"""Rates and counts against their targets (YC-04, YC-05, YC-10, YC-12)."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assessment.exact import BadScore, Number, number, shown
from assessment.rates import rate
from assessment.working import Working
from assessment.yc.rules import DOCUMENT, LEAST, RATES, Rules


@dataclass(frozen=True)
class Result:
    """An indicator against its target. `met` is None where there is nothing to judge."""

    code: str
    working: Working
    target: Decimal  # per cent for a rate
    met: bool | None


def kpi(code: str, numerator: int, denominator: int, rules: Rules = DOCUMENT) -> Result:
    """A rate against its target, compared before rounding: 94.996% is shown as 95.00% and does not meet 95%."""
    if code not in RATES:
        raise BadScore(f"没有指标“{code}”，应为{'、'.join(RATES)}之一。")
    each, target = RATES[code], rules.targets[code] * 100
    working = rate(numerator, denominator, each.name, each.words, each.clause)
    if working.figure is None:
        return Result(code, working, target, None)
    return _judged(code, working, working.figure.exact, target, "%")


def least(code: str, value: Number, rules: Rules = DOCUMENT) -> Result:
    """A count that must come to at least so much: stars of an item, 一件事 of a unit."""
    if code not in LEAST:
        raise BadScore(f"没有指标“{code}”，应为{'、'.join(LEAST)}之一。")
    exact = number(value, LEAST[code].name)
    working = Working(LEAST[code].name, "", exact, clauses=(LEAST[code].clause,))
    return _judged(code, working, Fraction(exact), rules.targets[code], "")


def _judged(code: str, working: Working, exact: Fraction, target: Decimal, unit: str) -> Result:
    met = exact >= target
    note = f"目标不低于{shown(target.normalize())}{unit}，{'达标' if met else '未达标'}。"
    return Result(code, working.noted(note), target, met)
