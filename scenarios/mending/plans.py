"""What would be written into which scenario, so that those that failed for one reason go on."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from errors import NotFound
from models import FlowDraft, TrialOutcome
from reference.flow_drafts import draft_files
from scenarios.bench import label, outcomes_now
from scenarios.failures import NotUnderstood
from scenarios.features import COMMON_FILE, parse_text, scenarios_of, steps_of
from scenarios.mending.edits import GIVEN, Edit, Put, Rename, Row, Take, background_lines, edited, new_text
from scenarios.mending.groups import GONE, STANDING, Group, groups_of, waiting
from scenarios.mistakes import UnreadableFeature
from scenarios.vocabulary import find, split_moment

AROUND = 2  # lines that are shown on both sides of a change
Edits = dict[str, list[Edit]]  # by file
Spot = tuple[str, int, bool]  # file, line of a step, whether before it


@dataclass(frozen=True)
class FilePlan:
    """`rows`: every line, see edits.py."""

    file: str
    rows: Sequence[Row]

    @property
    def label(self) -> str:
        return label(self.file)

    @property
    def text(self) -> str:
        return new_text(self.rows)

    @property
    def pieces(self) -> list[list[Row]]:
        """What changes, with a few lines around."""
        changed = [place for place, row in enumerate(self.rows) if row.sign != " "]
        shown = sorted({near for place in changed for near in range(place - AROUND, place + AROUND + 1)})
        pieces: list[list[Row]] = []
        for place, before in zip(shown, [-2, *shown], strict=False):
            if 0 <= place < len(self.rows):
                if place != before + 1 or not pieces:
                    pieces.append([])
                pieces[-1].append(self.rows[place])
        return pieces


@dataclass(frozen=True)
class Plan:
    """`left`: names of scenarios for which no line can be said that suits all that begin with it."""

    group: Group
    files: list[FilePlan]
    left: list[str]


def plan_of(draft: FlowDraft, cause: str, about: str, rows: Sequence[str] = ()) -> Plan:
    """`rows`: of a table that says how the form of the step is filled in. It stands once in the background of all, or
    else with each line. Raises NotFound.
    """
    group = next((each for each in groups_of(draft) if (each.cause, each.about) == (cause, about)), None)
    if group is None:
        raise NotFound("没有场景因此没有通过：草稿改过，或者已经一起改好，请重新试跑。")
    texts = _readable(draft)
    edits, left = _edits(draft, group, texts, rows)
    files = [FilePlan(file, edited(texts[file], edits[file])) for file in sorted(edits)]
    return Plan(group, files, left)


def _readable(draft: FlowDraft) -> dict[str, str]:
    """Its scenarios by file; what cannot be read stays as it is."""
    texts = {}
    for name, content in draft_files(draft).items():
        if name.endswith(".feature"):
            with suppress(UnicodeDecodeError, UnreadableFeature):
                parse_text(name, content.decode())
                texts[name] = content.decode()
    return texts


def _edits(draft: FlowDraft, group: Group, texts: Mapping[str, str], rows: Sequence[str]) -> tuple[Edits, list[str]]:
    if group.cause == STANDING:
        return _Lines(draft, group, texts, rows).edits()
    return (_without(group) if group.cause == GONE else _renamed(group, texts)), []


def _renamed(group: Group, texts: Mapping[str, str]) -> Edits:
    """Wherever a sentence speaks of the step: in the scenarios that have come by it, and in the others."""
    found: Edits = {}
    for file, text in texts.items():
        for step in steps_of(parse_text(file, text).get("feature") or {}):
            if _speaks_of(step, group.old):
                found.setdefault(file, []).append(Rename(step["location"]["line"], group.old, group.name))
    return found


def _speaks_of(step: Any, name: str) -> bool:
    try:
        call = find(split_moment(step["text"])[1], "dataTable" in step)
    except NotUnderstood:
        return False
    gaps = dict(zip(call.sentence.placeholders, call.words, strict=True))
    told = f"“{gaps.get('任务', '')}”{gaps.get('待办', '')}"
    return re.search(rf"“{re.escape(name)}[”（]", told) is not None


def _without(group: Group) -> Edits:
    places = sorted({(row.failure["file"], row.failure["line"]) for row in group.outcomes})
    return {file: [Take(line) for name, line in places if name == file] for file, _ in places}


class _Lines:
    """A line for each task that waits, at the place where it came, in what it came by."""

    def __init__(self, draft: FlowDraft, group: Group, texts: Mapping[str, str], rows: Sequence[str]):
        self._group, self._texts, self._rows = group, texts, rows
        self._tried = {(row.file, row.line) for row in outcomes_now(draft)}
        self._mine = {(row.file, row.line) for row in group.outcomes}
        common = background_lines(texts.get(COMMON_FILE, ""))
        self._usual_behind = common[-1] if common and rows else 0

    def edits(self) -> tuple[Edits, list[str]]:
        said: dict[Spot, list[str]] = {}
        left = [row.name for row in self._group.outcomes if not self._says(row, said)]
        edits: Edits = {}
        for (file, line, before), words in sorted(said.items()):
            edits.setdefault(file, []).extend(self._put(line, each, before) for each in words)
        if self._usual_behind:
            usual = Put(self._usual_behind, f"“{self._group.name}”通常这样填：", keyword=GIVEN, rows=tuple(self._rows))
            edits.setdefault(COMMON_FILE, []).append(usual)
        return edits, left

    def _says(self, row: TrialOutcome, said: dict[Spot, list[str]]) -> bool:
        """Whether it can: what is said where several scenarios begin alike suits all of them."""
        mine: dict[Spot, list[str]] = {}
        for task in waiting(row, self._group.about):
            file, line = task["after"] or (row.failure["file"], row.failure["line"])
            spot = self._spot(row, file, line, before=task["after"] is None)
            mine.setdefault(spot, []).append(f"{task['who']}完成“{task['called']}”")
        if any(said.get(spot, words) != words for spot, words in mine.items()):
            return False
        said |= mine
        return True

    def _spot(self, row: TrialOutcome, file: str, line: int, before: bool) -> Spot:
        """In the scenario's own steps, where others that begin alike do without the line."""
        if file == row.file and line not in background_lines(self._texts[file]):
            return file, line, before
        alike = {place for place in self._tried if file in (COMMON_FILE, place[0])}
        return (file, line, before) if alike <= self._mine else (row.file, self._first_line(row), True)

    def _first_line(self, row: TrialOutcome) -> int:
        text = self._texts[row.file]
        told = scenarios_of(parse_text(row.file, text), Path(row.file))
        begins_alike = background_lines(text)
        steps = next(each.steps for each in told if each.line == row.line)
        return next(step.line for step in steps if step.line not in begins_alike)

    def _put(self, line: int, words: str, before: bool) -> Put:
        rows = () if self._usual_behind else tuple(self._rows)
        return Put(line, f"{words}：" if rows else words, before, rows=rows)
