"""Put steps into the text of a feature file, and take steps out, so that the lines around still read as they did."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from scenarios.features import parse_text
from scenarios.vocabulary import split_moment

GIVEN, DOES, AND = "假如", "当", "而且"


@dataclass(frozen=True)
class Put:
    """A step, in `words` without a keyword, behind the one at `line`, or before it at its moment. `rows`: its table."""

    line: int
    words: str
    before: bool = False
    keyword: str = DOES
    rows: tuple[str, ...] = ()


@dataclass(frozen=True)
class Take:
    """The step at `line` goes; that time passes until its moment stays."""

    line: int


@dataclass(frozen=True)
class Rename:
    """The step at `line` speaks of a step of the flow by its new name."""

    line: int
    old: str
    new: str


Edit = Put | Take | Rename


@dataclass(frozen=True)
class Row:
    """A line of the text: `sign` " " as it was, "-" as it was and is no more, "+" as it is now. `number` of the old."""

    sign: str
    number: int
    text: str


@dataclass(frozen=True)
class _Place:
    """Where a step stands. `means`: the keyword it has or goes on with; `last`: the last line of its table."""

    line: int
    indent: str
    keyword: str
    means: str
    text: str
    last: int


def edited(text: str, edits: Sequence[Edit]) -> list[Row]:
    """Every line of the text, as it was and as the edits make it. Raises UnreadableFeature."""
    return list(_Editing(text).rows(edits))


def new_text(rows: Sequence[Row]) -> str:
    return "\n".join(row.text for row in rows if row.sign != "-")


def background_lines(text: str) -> list[int]:
    """Those of the steps with which its scenarios begin alike. Raises UnreadableFeature."""
    found = _parts(parse_text("", text), "background")
    return [step["location"]["line"] for steps in found for step in steps]


class _Editing:
    def __init__(self, text: str):
        self._lines = text.split("\n")
        self._places: dict[int, _Place] = {}
        self._around: dict[int, tuple[_Place | None, _Place | None]] = {}
        for steps in _parts(parse_text("", text), "background", "scenario"):
            self._read(steps)
        self._instead: dict[int, list[str]] = {}
        self._behind: dict[int, list[str]] = {}

    def _read(self, steps: Sequence[Any]) -> None:
        row: list[_Place] = []
        for step in steps:
            keyword, line = step["keyword"].strip(), step["location"]["line"]
            goes_on = step["keywordType"] in ("Conjunction", "Unknown")
            means = row[-1].means if goes_on and row else keyword
            last = max([line, *(each["location"]["line"] for each in step.get("dataTable", {}).get("rows", []))])
            indent = " " * (step["location"]["column"] - 1)
            row.append(_Place(line, indent, keyword, means, step["text"], last))
        for before, place, after in zip([None, *row], row, [*row[1:], None], strict=False):
            self._places[place.line], self._around[place.line] = place, (before, after)

    def rows(self, edits: Sequence[Edit]) -> Iterator[Row]:
        for edit in edits:
            place = self._places[edit.line]
            before, after = self._around[edit.line]
            if isinstance(edit, Rename):
                self._rename(edit)
            elif isinstance(edit, Take):
                self._take(place, before, after)
            elif edit.before:
                self._put_before(place, before, edit)
            else:
                self._put_behind(place, after, edit)
        for number, line in enumerate(self._lines, 1):
            yield from self._row(number, line, self._instead.get(number, [line]))

    def _row(self, number: int, line: str, now: Sequence[str]) -> Iterator[Row]:
        if stays := now[-1:] == [line]:
            yield from (Row("+", number, each) for each in now[:-1])
        yield Row(" " if stays else "-", number, line)
        yield from (Row("+", number, each) for each in (*([] if stays else now), *self._behind.get(number, ())))

    def _put_behind(self, place: _Place, after: _Place | None, put: Put) -> None:
        there = self._behind.setdefault(place.last, [])
        keyword = AND if there or place.means == put.keyword else put.keyword
        there += [f"{place.indent}{keyword} {put.words}", *(f"{place.indent}  {row}" for row in put.rows)]
        self._say_again(after, put.keyword)

    def _put_before(self, place: _Place, before: _Place | None, put: Put) -> None:
        moment, text = split_moment(place.text)
        already = self._instead.get(place.line, [])[:-1]
        keyword = AND if already or (before and before.means == DOES) else DOES
        begin = f"{moment} " if moment and not already else ""
        own = AND if place.means == DOES else place.means
        line = f"{place.indent}{keyword} {begin}{put.words}"
        self._instead[place.line] = [*already, line, f"{place.indent}{own} {text if moment else place.text}"]

    def _take(self, place: _Place, before: _Place | None, after: _Place | None) -> None:
        moment, _ = split_moment(place.text)
        waits = [f"{place.indent}{place.keyword} 到了 {moment}"] if moment else []
        self._instead |= {number: [] for number in range(place.line, place.last + 1)} | {place.line: waits}
        self._say_again(after, place.means if waits else before.means if before else "")

    def _rename(self, edit: Rename) -> None:
        line = self._lines[edit.line - 1]
        for behind in "”（":  # alone, or with which of several it is
            line = line.replace(f"“{edit.old}{behind}", f"“{edit.new}{behind}")
        self._instead[edit.line] = [line]

    def _say_again(self, place: _Place | None, now_before: str) -> None:
        """A step that went on with what another keyword began says that keyword itself."""
        if place and place.keyword != place.means and place.means != now_before and place.line not in self._instead:
            self._instead[place.line] = [f"{place.indent}{place.means} {place.text}"]


def _parts(document: Any, *kinds: str) -> Iterator[list[Any]]:
    """The steps of each part of such a kind."""
    for child in _flat((document.get("feature") or {}).get("children", [])):
        yield from (child[kind]["steps"] for kind in kinds if kind in child)


def _flat(children: Sequence[Any]) -> Iterator[Any]:
    for child in children:
        yield from _flat(child["rule"]["children"]) if "rule" in child else [child]
