"""What every answer carries: the value, and how it came about, down to the cases and votes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from assessment.exact import PLACES, BadScore, Number, mark, number, percent, rounded, shown
from assessment.figure import Figure, mean, total


@dataclass(frozen=True)
class Working:
    """A value and its working. `formula` says it in words, `figures` in numbers; `parts` are what went in.

    A value of None means that there is none, and `note` says why. `source` names what a page can open to see more:
    the case a mark belongs to, the unit a score is of.
    """

    label: str
    formula: str
    value: Decimal | None
    parts: tuple["Working", ...] = ()
    figure: Figure | None = None  # the exact number before rounding
    unit: str = ""
    clauses: tuple[str, ...] = ()
    note: str = ""
    source: str = ""

    @property
    def figures(self) -> str:
        """90×0.7+80×0.3; empty for what was handed in."""
        return self.figure.text if self.figure else ""

    @property
    def required(self) -> Decimal:
        """The value. Raises BadScore where there is none."""
        if self.value is None:
            raise BadScore(f"“{self.label}”没有结果，不能参与计算：{self.note}")
        return self.value

    @property
    def published(self) -> Figure:
        """The value as it stands in print, for the next formula to read."""
        return Figure.of(self.required)

    def named(self, label: str, source: str = "") -> "Working":
        return replace(self, label=label, source=source or self.source)

    def noted(self, note: str) -> "Working":
        """With something more to say about it."""
        return replace(self, note=self.note + note)

    def lines(self, depth: int = 0) -> Iterator[str]:
        """The tree as text, two spaces a level."""
        result = "无" if self.value is None else f"{shown(self.value)}{self.unit}"
        steps = [self.formula, self.figures, result] if self.formula else [result]
        clauses = f"（{'、'.join(self.clauses)}）" if self.clauses else ""
        note = f"　{self.note}" if self.note else ""
        yield f"{'  ' * depth}{self.label}：{' ＝ '.join(step for step in steps if step)}{clauses}{note}"
        for part in self.parts:
            yield from part.lines(depth + 1)

    def as_value(self, depth: int | None = None) -> dict[str, Any]:
        """Plain values for a page or a JSON column; `depth` levels of parts, or all of them."""
        below = None if depth is None else depth - 1
        return {
            "label": self.label,
            "formula": self.formula,
            "figures": self.figures,
            "value": None if self.value is None else shown(self.value),
            "unit": self.unit,
            "clauses": list(self.clauses),
            "note": self.note,
            "source": self.source,
            "parts": [] if depth == 0 else [part.as_value(below) for part in self.parts],
        }


Known = Number | Working  # a plain value, or an answer that brings its own working


def given(label: str, value: Decimal | int, unit: str = "", note: str = "") -> Working:
    """What was handed in, not worked out."""
    return Working(label, "", Decimal(value), unit=unit, note=note)


def known(value: Known, label: str) -> Working:
    """A plain number under a label, or the working that came with it."""
    return value if isinstance(value, Working) else given(label, number(value, label))


def known_mark(value: Known, label: str) -> Working:
    """What is known, which must be a mark of a hundred."""
    part = known(value, label)
    mark(part.required, part.label)
    return part


def worked(
    label: str,
    formula: str,
    figure: Figure,
    parts: Sequence[Working],
    clauses: Sequence[str] = (),
    *,
    places: int = PLACES,
    unit: str = "",
    note: str = "",
) -> Working:
    """A value rounded from its exact figure."""
    value = rounded(figure.exact, places)
    return Working(label, formula, value, tuple(parts), figure, unit, tuple(clauses), note)


def none(label: str, note: str, clauses: Sequence[str] = (), parts: Sequence[Working] = ()) -> Working:
    """No value, and why."""
    return Working(label, "", None, tuple(parts), clauses=tuple(clauses), note=note)


def averaged(label: str, formula: str, parts: Sequence[Working], clauses: Sequence[str], note: str = "") -> Working:
    """The mean of one or more published values."""
    return worked(label, formula, mean([part.published for part in parts]), parts, clauses, note=note)


def weighted(label: str, parts: Sequence[tuple[Working, Decimal]], clauses: Sequence[str], note: str = "") -> Working:
    """Published values by their weights; where the weights do not make 1, by their shares."""
    formula = "＋".join(f"{part.label}×{percent(weight)}" for part, weight in parts)
    figure = total([part.published * Figure.of(weight) for part, weight in parts])
    whole = sum((weight for _, weight in parts), Decimal())
    if whole != 1:
        formula, figure = f"（{formula}）÷{percent(whole)}", figure / Figure.of(whole)
    return worked(label, formula, figure, [part for part, _ in parts], clauses, note=note)
