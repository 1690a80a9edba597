"""For every piece of every column: the rules that hold there, as the bits of a number."""

from dataclasses import dataclass
from typing import Any

from engine.decisions.pieces import ANYTHING, Piece, Unjudged, constants, pieces
from engine.decisions.table import DecisionTable
from engine.feel import UnaryTests
from engine.feel.expressions import Functions

MAX_WORK = 2_000_000  # pieces times rules


class Exhausted(Exception):
    """More work than a check at publishing may take."""


@dataclass(frozen=True)
class Column:
    label: str
    pieces: list[Piece]
    certain: list[int]  # rules known to hold there
    possible: list[int]  # and those whose cell cannot be judged beforehand
    judged: bool

    @property
    def cases(self) -> list[tuple[Piece, int]]:
        """The pieces that must be covered; a missing value need not."""
        pairs = zip(self.pieces, self.possible, strict=True)
        return [(piece, mask) for piece, mask in pairs if piece.example is not None]


def columns_of(table: DecisionTable, functions: Functions) -> list[Column]:
    """Two columns that ask the same are one. Raises Exhausted."""
    places: dict[str, list[int]] = {}
    for place, column in enumerate(table.inputs):
        places.setdefault(column.expression.source.strip(), []).append(place)
    work = Work(len(table.rules))
    return [_column(table, same, functions, work) for same in places.values()]


class Work:
    def __init__(self, rules: int):
        self.rules = rules
        self.left = MAX_WORK

    def spend(self, count: int) -> None:
        self.left -= count * self.rules
        if self.left < 0:
            raise Exhausted


def _column(table: DecisionTable, places: list[int], functions: Functions, work: Work) -> Column:
    cells = {rule.conditions[place] for rule in table.rules for place in places}
    judged: dict[UnaryTests, list[Any]] = {}
    for cell in cells:
        try:
            judged[cell] = constants(cell, functions)
        except Unjudged:
            continue
    column = table.inputs[places[0]]
    allowed = [table.inputs[place].allowed for place in places]
    limits = [limit for limit in allowed if limit is not None and not limit.names and not limit.calls]
    points = [point for found in judged.values() for point in found]
    points += [point for limit in limits for point in _mentioned(limit)]
    try:
        found = pieces(column.type, points, limits)
    except Unjudged:
        found = [ANYTHING]
        judged = {cell: [] for cell in cells if cell.is_any}
    work.spend(len(found))
    certain, possible = [], []
    for piece in found:
        holds = {cell: cell.matches(piece.example, {}, functions) for cell in judged}
        sure = maybe = 0
        for bit, rule in enumerate(table.rules):
            own = [rule.conditions[place] for place in places]
            sure |= all(holds.get(cell, False) for cell in own) << bit
            maybe |= all(holds.get(cell, True) for cell in own) << bit
        certain.append(sure)
        possible.append(maybe)
    return Column(column.label, found, certain, possible, len(judged) == len(cells) and len(limits) == _count(allowed))


def _mentioned(limit: UnaryTests) -> list[Any]:
    try:
        return constants(limit, {})
    except Unjudged:
        return []


def _count(limits: list[UnaryTests | None]) -> int:
    return sum(limit is not None for limit in limits)
