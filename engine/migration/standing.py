"""Where a case stands, read off its packed state without waking it: quick, and the same for cases that stand alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine.diagram import CALL, JOINS, SUBPROCESSES
from engine.elements import Element
from engine.state import UNFINISHED, unpacked

#: What SpiffWorkflow hangs on an element's name for its helpers.
HELPERS = (".BoundaryEventSplit", ".BoundaryEventJoin", " [child]")
BESIDE = SUBPROCESSES | {CALL, "boundaryEvent"}


@dataclass(frozen=True, order=True)
class Stand:
    """A token, or an event that is listened for, on an element. `via`: at a join, the element it has come from."""

    element: str
    via: str = ""


@dataclass(frozen=True, order=True)
class Floor:
    """One process or subprocess that is under way. `around`: the activities it runs inside of, outermost first."""

    around: tuple[str, ...]
    stands: tuple[Stand, ...]


@dataclass(frozen=True, order=True)
class Running:
    """A deadline that runs: its key without its owner, and the element it began at."""

    key: str
    element: str


#: Every floor of a case; equal for cases that stand alike.
Standing = tuple[Floor, ...]


def element_of(spec: str) -> str:
    """The element that a spec's name stands for."""
    for helper in HELPERS:
        spec = spec.removesuffix(helper)
    return spec


def standing(state: bytes, elements: Mapping[str, Element]) -> Standing:
    """Where the case with this state stands. `elements`: of its version. Instances of a multi-instance that stand
    alike count once: each goes on as the other. Raises ValueError for bytes that are no state.
    """
    main, inside = unpacked(state)
    processes = [("", main), *inside]
    ways: dict[str, tuple[str, ...]] = {"": ()}  # by id of the task that a process runs in: the activities around
    floors = set()
    for host, (_, rows) in processes:
        around = ways[host]
        stands = set()
        for row in rows:
            if row[2] & UNFINISHED:
                name = element_of(row[1])
                ways[row[3]] = (*around, name)
                if name in elements and not row[1].endswith(HELPERS):
                    stands.add(Stand(name, _via(row, rows, elements)))
        floors.add(Floor(around, tuple(sorted(stands))))
    return tuple(sorted(floors))


def _via(row: list[Any], rows: list[list[Any]], elements: Mapping[str, Element]) -> str:
    name: str = row[1]
    if row[2] != TaskState.WAITING or elements[name].kind not in JOINS:
        return ""
    return element_of(rows[row[0]][1])


def waits_at(standing: Standing, elements: Mapping[str, Element]) -> frozenset[str]:
    """The elements where something waits: a person, a time, a message, another branch. Not the activities around them,
    nor the boundary events that are listened for.
    """
    stood_on = {stand.element for floor in standing for stand in floor.stands}
    return frozenset(each for each in stood_on if elements[each].kind not in BESIDE)
