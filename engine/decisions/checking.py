"""Which rows of a table can hold at once, and which cases no row holds for."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import chain, islice
from operator import and_

from engine.decisions.columns import Column, Exhausted, columns_of
from engine.decisions.hit_policies import ONE_ANSWER, Answer, same
from engine.decisions.pieces import Piece
from engine.decisions.table import DecisionTable, Rule
from engine.decisions.words import rows
from engine.feel.expressions import Functions
from errors import Problem

MAX_STEPS = 300_000  # pieces looked at
MAX_FOUND = 20  # of each kind; a table with more is rewritten anyway


@dataclass(frozen=True)
class TableCheck:
    overlaps: tuple[Problem, ...]
    gaps: tuple[Problem, ...]
    complete: bool  # False: a cell could not be judged beforehand, or there was too much to search

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self.overlaps + self.gaps


def check(table: DecisionTable, functions: Functions) -> TableCheck:
    try:
        columns = columns_of(table, functions)
    except Exhausted:
        return TableCheck((), (), complete=False)
    every = chain.from_iterable(_overlaps_of(table, columns, index) for index in range(len(table.rules)))
    overlaps = list(islice(every, MAX_FOUND + 1))
    search = GapSearch(table, columns)
    search.run()
    finished = search.finished and len(overlaps) <= MAX_FOUND and all(column.judged for column in columns)
    return TableCheck(tuple(overlaps[:MAX_FOUND]), tuple(search.gaps), finished)


# -- overlaps


def _overlaps_of(table: DecisionTable, columns: list[Column], index: int) -> Iterator[Problem]:
    """Of this rule with the later ones. Two boxes meet when they meet in every column."""
    meeting = (1 << len(table.rules)) - 1
    for column in columns:
        shared = 0
        for mask in column.certain:
            if mask >> index & 1:
                shared |= mask
        meeting &= shared
    rule = table.rules[index]
    for other in table.rules[index + 1 :]:
        if meeting >> (other.row - 1) & 1 and _conflict(table, rule, other):
            yield Problem(other.id or table.id, _overlap_words(table, columns, rule, other))


def _conflict(table: DecisionTable, rule: Rule, other: Rule) -> bool:
    if table.hit_policy == "ANY":
        cells = list(chain(rule.outputs, other.outputs))
        if not all(cell.is_constant for cell in cells):
            return False  # what they answer is known only in a case
        return not same(_answers(table, rule), _answers(table, other))
    return table.hit_policy == "UNIQUE"


def _answers(table: DecisionTable, rule: Rule) -> Answer:
    return {output.name: cell.evaluate({}) for output, cell in zip(table.outputs, rule.outputs, strict=True)}


def _overlap_words(table: DecisionTable, columns: list[Column], rule: Rule, other: Rule) -> str:
    both = 1 << (rule.row - 1) | 1 << (other.row - 1)
    example = []
    for column in columns:
        met = [piece for piece, mask in zip(column.pieces, column.certain, strict=True) if mask & both == both]
        if len(column.pieces) > 1:
            example.append(f"{column.label}={met[0].words}")
    differing = "，结论却不同" if table.hit_policy == "ANY" else ""
    such = f"，例如：{'，'.join(example)}" if example else ""
    return f"决策表“{table.name}”{rows((rule.row, other.row))}会同时符合{differing}{such}。"


# -- gaps


class GapSearch:
    """Walks the columns from left to right with the rules that still hold, and stops where none is left."""

    def __init__(self, table: DecisionTable, columns: list[Column]):
        self.table = table
        self.columns = columns
        self.gaps: list[Problem] = []
        self.steps = 0
        self.finished = True
        self.covered: set[tuple[int, int]] = set()
        self.sure = [(1 << len(table.rules)) - 1]  # rules that hold whatever this and the later columns say
        for column in reversed(columns):
            self.sure.insert(0, reduce(and_, (mask for _, mask in column.cases), self.sure[0]))

    def run(self) -> None:
        if self.table.hit_policy in ONE_ANSWER:
            self.descend(0, (1 << len(self.table.rules)) - 1, [])

    def descend(self, depth: int, holding: int, path: list[str]) -> None:
        if self.steps > MAX_STEPS or len(self.gaps) >= MAX_FOUND:
            self.finished = False
            return
        if not holding:
            self.gaps.append(Problem(self.table.id, self.words(path)))
            return
        if holding & self.sure[depth] or (depth, holding) in self.covered:
            return
        before = len(self.gaps)
        column = self.columns[depth]
        self.steps += len(column.pieces)
        for mask, pieces in self.groups(column, holding).items():
            whole = len(pieces) == len(column.cases)
            self.descend(depth + 1, mask, path if whole else [*path, f"{column.label}={alternatives(pieces)}"])
        if len(self.gaps) == before and self.finished:
            self.covered.add((depth, holding))

    @staticmethod
    def groups(column: Column, holding: int) -> dict[int, list[Piece]]:
        """The pieces for which the same rules still hold."""
        found: dict[int, list[Piece]] = {}
        for piece, mask in column.cases:
            found.setdefault(mask & holding, []).append(piece)
        return found

    def words(self, path: list[str]) -> str:
        return f"决策表“{self.table.name}”没有一行管到这种情况：{'，'.join(path) or '任何输入'}。"


def alternatives(pieces: list[Piece]) -> str:
    return "或".join(piece.words for piece in pieces[:3]) + ("等" if len(pieces) > 3 else "")
