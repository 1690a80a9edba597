"""A rate: so many of so many, in per cent (XX-18, YC-12)."""

from collections.abc import Sequence
from decimal import Decimal

from assessment.exact import BadScore, count
from assessment.figure import Figure
from assessment.working import Working, given, none, worked

WORDS = "分子÷分母×100%"


def rate(numerator: int, denominator: int, label: str = "率", words: str = WORDS, clause: str = "") -> Working:
    """numerator ÷ denominator × 100. Of nothing there is no rate; more than all is refused."""
    top, bottom = _names(words)
    parts = given(top, count(numerator, f"{label}的{top}")), given(bottom, count(denominator, f"{label}的{bottom}"))
    return _rate(*parts, label, words, clause)


def rate_of(outcomes: Sequence[tuple[str, bool | None]], label: str, words: str = WORDS, clause: str = "") -> Working:
    """A rate of cases: True counts above and below, False below only, None not at all."""
    top, bottom = _names(words)
    counted = [(case, outcome) for case, outcome in outcomes if outcome is not None]
    return _rate(
        tally(top, [case for case, yes in counted if yes]),
        tally(bottom, [c for c, _ in counted]),
        label,
        words,
        clause,
    )


def _rate(top: Working, bottom: Working, label: str, words: str, clause: str) -> Working:
    clauses = (clause,) if clause else ()
    if top.published.exact > bottom.published.exact:
        raise BadScore(f"{label}的{top.label}（{top.figures or top.value}）大于{bottom.label}（{bottom.value}）。")
    if bottom.value == 0:
        return none(label, f"{bottom.label}为0，不计算。", clauses, [top, bottom])
    figure = top.published / bottom.published * Figure.of(100)
    return worked(label, words, figure, [top, bottom], clauses, unit="%")


def tally(label: str, cases: Sequence[str]) -> Working:
    """So many cases, down to each."""
    parts = tuple(given(case, 1, "件").named(case, source=case) for case in cases)
    return Working(label, "", Decimal(len(cases)), parts, unit="件")


def _names(words: str) -> tuple[str, str]:
    top, bottom = words.removesuffix("×100%").split("÷")
    return top, bottom
