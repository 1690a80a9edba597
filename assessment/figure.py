"""An exact number that remembers how it was worked out: 90×0.7+80×0.3.

The arithmetic and its text are one object, so what a page shows is what was computed.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assessment.exact import shown

SUM, PRODUCT, ATOM = range(3)  # how tightly the text binds


@dataclass(frozen=True)
class Figure:
    exact: Fraction
    text: str
    binds: int = ATOM

    @classmethod
    def of(cls, value: int | Decimal) -> "Figure":
        """A number as it was given. One below nothing is bracketed."""
        exact = Decimal(value)
        return cls(Fraction(exact), shown(exact), ATOM if exact >= 0 else SUM)

    @classmethod
    def percent(cls, value: Decimal) -> "Figure":
        """4 → 4%, which counts as 0.04."""
        return cls(Fraction(value) / 100, f"{shown(value)}%")

    def __add__(self, other: "Figure") -> "Figure":
        return Figure(self.exact + other.exact, f"{self.text}+{other.inside(PRODUCT)}", SUM)

    def __sub__(self, other: "Figure") -> "Figure":
        return Figure(self.exact - other.exact, f"{self.text}-{other.inside(PRODUCT)}", SUM)

    def __mul__(self, other: "Figure") -> "Figure":
        return Figure(self.exact * other.exact, f"{self.inside(PRODUCT)}×{other.inside(ATOM)}", PRODUCT)

    def __truediv__(self, other: "Figure") -> "Figure":
        return Figure(self.exact / other.exact, f"{self.inside(PRODUCT)}÷{other.inside(ATOM)}", PRODUCT)

    def inside(self, at_least: int) -> str:
        """The text as a part of a longer one."""
        return self.text if self.binds >= at_least else f"({self.text})"


def total(figures: Sequence[Figure]) -> Figure:
    """The sum of one or more figures."""
    if len(figures) == 1:
        return figures[0]
    texts = (figure.text if figure.exact >= 0 else figure.inside(PRODUCT) for figure in figures)
    return Figure(sum((figure.exact for figure in figures), Fraction()), "+".join(texts), SUM)


def mean(figures: Sequence[Figure]) -> Figure:
    return total(figures) / Figure.of(len(figures))


def whole(figure: Figure) -> Figure:
    """Whole steps only: 4.375 → 4."""
    return Figure(Fraction(math.floor(figure.exact)), f"取整({figure.text})")


def smaller(one: Figure, other: Figure) -> Figure:
    return Figure(min(one.exact, other.exact), f"较小({one.text},{other.text})")


def larger(one: Figure, other: Figure) -> Figure:
    return Figure(max(one.exact, other.exact), f"较大({one.text},{other.text})")
