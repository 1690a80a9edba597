"""One line of the printed table, and the table."""

from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import east_asian_width


@dataclass(frozen=True)
class Result:
    """Something measured. `target` is what `value` must not exceed, or must reach when `at_least`.

    Only a `gate` decides the exit code: CPU and ratios hold on a busy machine, seconds do not.
    """

    what: str
    value: float
    unit: str
    target: float | None = None
    at_least: bool = False
    gate: bool = False
    note: str = ""

    @property
    def met(self) -> bool:
        if self.target is None:
            return True
        return self.value >= self.target if self.at_least else self.value <= self.target

    @property
    def cells(self) -> tuple[str, ...]:
        mark = "" if self.target is None else "✓" if self.met else "✗"
        limit = "" if self.target is None else f"{'≥' if self.at_least else '≤'} {_number(self.target)}"
        return self.what, f"{_number(self.value)} {self.unit}", limit, mark + (" gate" if self.gate else ""), self.note


def table(title: str, results: Iterable[Result]) -> str:
    rows = [(title, "measured", "target", "", ""), *(result.cells for result in results)]
    widths = [max(_width(row[column]) for row in rows) for column in range(5)]
    lines = ["  ".join(_pad(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([lines[0], "-" * max(map(_width, lines)), *lines[1:]])


def _number(value: float) -> str:
    if value >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
