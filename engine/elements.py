"""What stands on a diagram, as the rest of the house sees it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Element:
    """A task, event, gateway or subprocess of a diagram."""

    id: str
    kind: str  # the tag: userTask, boundaryEvent, exclusiveGateway …
    name: str
    process: str  # the id of the process it is drawn in
    lane: str | None
    clauses: tuple[str, ...]
    properties: Mapping[str, str]
    attached_to: str | None = None  # of a boundary event: the element it sits on
    interrupting: bool = True
    event: str | None = None  # of an event: message, timer, error …

    def __str__(self) -> str:
        return f"「{self.name}」（{self.id}）" if self.name else f"「{self.id}」"


@dataclass(frozen=True)
class CalledProcess:
    """What a call activity calls, and the elements whose flows lead to it."""

    process: str
    after: frozenset[str]


@dataclass(frozen=True)
class DeadlineRule:
    """A deadline that starts when a token arrives at an element."""

    key: str
    name: str  # what a user calls it
    limit: str  # expression: its length
    start: str | None  # expression: the time it counts from, when not the arrival
    until: str  # id of the element whose completion meets it
    clauses: tuple[str, ...]
    element: str
    owner: str = ""  # once open: what people call whose it is, where the user task says that itself (itemLabel)
    given: str = ""  # expression, once open its value: what fixes the day where none is counted: 哨件载明的时间
