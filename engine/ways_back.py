"""The steps before a user task in its own process: what one token passes alone, read backwards off the drawing.

Whoever sends a task back (退回) goes no further: not across an event, a call, nor where branches part or meet.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask

from engine.definition import Definition
from engine.elements import Element

#: What a token passes by itself.
PASSED = frozenset({"exclusiveGateway", "scriptTask", "businessRuleTask", "serviceTask"})


@dataclass(frozen=True)
class Way:
    """What lies between two user tasks: ids of elements, keys of services."""

    elements: frozenset[str]
    services: frozenset[str]


class WaysBack:
    """Of the drawing of one process or subprocess; `specs`: SpiffWorkflow's, by name."""

    def __init__(self, definition: Definition, specs: Mapping[str, Any]):
        self._definition, self._specs = definition, specs

    def steps_before(self, later: str) -> frozenset[str]:
        """Every user task from which a token comes there alone, over other user tasks too."""
        found: set[str] = set()
        waiting = [later]
        while waiting:
            new = self._directly_before(waiting.pop()) - found
            found |= new
            waiting += new
        return frozenset(found)

    def way(self, earlier: str, later: str, passed: Collection[str]) -> Way | None:
        """How a token that passed just these elements came from one user task to the next; None where it did not."""
        seen = self._before(later, passed)
        if earlier not in seen:
            return None
        between = [self._specs[name] for name in seen if self._element(name).kind != "userTask"]
        services = {spec.operation_name for spec in between if self._element(spec.name).kind == "serviceTask"}
        return Way(frozenset(spec.name for spec in between), frozenset(services))

    def _directly_before(self, later: str) -> set[str]:
        return {name for name in self._before(later, self._specs) if self._element(name).kind == "userTask"}

    def _before(self, later: str, passed: Collection[str]) -> set[str]:
        """What one token may have passed on its way there, back to user tasks."""
        found: set[str] = set()
        waiting = list(self._sources(later))
        while waiting:
            name = waiting.pop()
            if name not in found and name in passed and self._is_alone(name):
                found.add(name)
                if self._element(name).kind != "userTask":
                    waiting += self._sources(name)
        return found

    def _sources(self, name: str) -> Iterator[str]:
        for source in self._specs[name]._inputs:
            if isinstance(self._specs[source], BoundaryEventSplit):  # stands before an activity that has events on it
                yield from self._specs[source]._inputs
            else:
                yield source

    def _is_alone(self, name: str) -> bool:
        """Whether one token comes there and one goes on."""
        if name not in self._definition.elements or isinstance(self._specs[name], LoopTask):
            return False
        return self._element(name).kind in PASSED | {"userTask"}

    def _element(self, name: str) -> Element:
        return self._definition.elements[name]
