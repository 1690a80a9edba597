"""A column's values cut into the pieces that its cells can tell apart, with one example of each.

Between two neighbouring points that the cells mention, no cell can change its mind; so the cells themselves, asked
about one example, answer for the whole piece.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

from engine.decisions.types import NUMBERS, WHOLE_NUMBERS, shown
from engine.feel import UnaryTests
from engine.feel.evaluation import Scope, compiled
from engine.feel.expressions import Functions
from engine.feel.tree import Node, asks, walk
from engine.feel.values import CHINA, day_of, kind

ELSE = "没有列出的值"  # stands for every text that no cell mentions
KINDS = {"string": "string", "boolean": "boolean", "date": "date", "dateTime": "datetime", "date and time": "datetime"}


class Piece(NamedTuple):
    example: Any
    words: str


ANYTHING = Piece(object(), "任意")  # of a column whose cells compare with nothing


class Unjudged(Exception):
    """A cell that cannot be judged before a case runs."""


def constants(cell: UnaryTests, functions: Functions) -> list[Any]:
    """The values a cell compares with. Raises Unjudged."""
    return [value for test in cell.tests or [] for value in _constants(test, functions)]


def _constants(test: Node, functions: Functions) -> list[Any]:
    if test[0] == "true" or any(part[0] == "name" or asks(part) for part in walk(test)):
        raise Unjudged
    if any(part[0] == "call" and part[1] not in functions for part in walk(test)):
        raise Unjudged
    values = [compiled(part)(Scope({}, functions)) for part in test[1:] if isinstance(part, tuple)]
    if test[0] != "is" and any(kind(value) == "string" for value in values):
        raise Unjudged  # texts in alphabetical order: nobody writes that
    return [item for value in values for item in (value if kind(value) == "list" else [value])]


def pieces(type_: str, points: Sequence[Any], allowed: Iterable[UnaryTests]) -> list[Piece]:
    """Every piece of a column that the listed values allow. Points are what the cells mention. Raises Unjudged."""
    limits = list(allowed)
    found = _cut(_kind(type_, points), type_, points)
    if found != [ANYTHING]:
        found = [piece for piece in found if all(test.matches(piece.example, {}) for test in limits)]
    if None in points:
        found.append(Piece(None, shown(None)))
    return found


def _kind(type_: str, points: Sequence[Any]) -> str:
    if type_ in NUMBERS:
        return "number"
    kinds = {kind(point) for point in points} - {"null"}
    if type_ not in KINDS and len(kinds) > 1:
        raise Unjudged
    return KINDS.get(type_) or (kinds.pop() if kinds else "nothing")


def _cut(kind_: str, type_: str, points: Sequence[Any]) -> list[Piece]:
    match kind_:
        case "boolean":
            examples: list[Any] = [True, False]
        case "string":
            texts = list(dict.fromkeys(point for point in points if isinstance(point, str)))
            return [*(Piece(text, shown(text)) for text in texts), Piece("".join(texts) + "*", ELSE)]
        case "number":
            numbers = [point for point in points if kind(point) == "number"]
            examples = _whole(numbers) if type_ in WHOLE_NUMBERS else _between(numbers, 1)
        case "date":
            examples = _days([day_of(point) for point in points if isinstance(point, date)])
        case "datetime":
            examples = _between(_moments(points), timedelta(days=1))
        case _:
            return [ANYTHING]
    return [Piece(example, shown(example)) for example in examples] or [ANYTHING]


def _between(points: Iterable[Any], step: Any) -> list[Any]:
    """The points, one value between each two, one below and one above."""
    ordered = sorted(set(points))
    if not ordered:
        return []
    examples = [ordered[0] - step]
    for low, high in pairwise(ordered):
        middle = low + (high - low) / 2
        examples += [low, middle] if low < middle < high else [low]
    return [*examples, ordered[-1], ordered[-1] + step]


def _whole(numbers: Iterable[Any]) -> list[Any]:
    floors = {int(number // 1) for number in numbers}
    return sorted({floor + step for floor in floors for step in (-1, 0, 1, 2)})


def _days(days: Iterable[date]) -> list[Any]:
    one = timedelta(days=1)
    inner = [day for day in set(days) if date.min < day < date.max]
    return sorted({day + step for day in inner for step in (-one, timedelta(), one)})


def _moments(points: Iterable[Any]) -> list[datetime]:
    """A day is met by every time in it: it cuts where it begins and where the next begins."""
    moments = []
    for point in points:
        if isinstance(point, datetime):
            moments.append(point)
        elif isinstance(point, date) and date.min < point < date.max:
            start = datetime.combine(point, time(), CHINA)
            moments += [start, start + timedelta(days=1)]
    return [moment for moment in moments if 1 < moment.year < 9999]
