"""Which element of the new version takes the place of one of the old, and whether it can."""

from collections.abc import Iterator, Mapping

from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask

from engine.definition import Definition
from engine.diagram import SUBPROCESSES
from engine.elements import DeadlineRule, Element
from engine.migration.standing import Stand, element_of

#: What must be the same for a task that waits to be the same matter: who may know of it (XT-20), who it is of.
SAME = ("confidential", "deadlineFor")
KINDS = {
    "boundaryEvent": "事件",
    "userTask": "任务",
    "callActivity": "调用",
    "subProcess": "子流程",
}


class Fitting:
    """A mapping, completed by the elements that kept their ids."""

    def __init__(self, old: Definition, new: Definition, mapping: Mapping[str, str]):
        self.old, self.new, self.mapping = old, new, mapping
        self._old_specs, self._new_specs = _specs(old), _specs(new)

    def of(self, element: str) -> str | None:
        """None: nothing takes its place."""
        mapped = self.mapping.get(element, element)
        return mapped if mapped in self.new.elements else None

    def passed(self, counts: Mapping[str, int]) -> dict[str, int]:
        """How often each element has been completed, in the names of the new version: `count()` reads it."""
        found: dict[str, int] = {}
        for element, count in counts.items():
            name = self.of(element) or element
            found[name] = found.get(name, 0) + count
        return found

    def must(self, element: str) -> str:
        """Of one that is known to have one."""
        found = self.of(element)
        assert found is not None
        return found

    def is_dropped(self, element: str) -> bool:
        """Whether an event that is listened for is to be waited for no more."""
        return self.mapping.get(element) == "" and self.old.elements[element].kind == "boundaryEvent"

    def lacks(self, element: str) -> str:
        """What to say where a mapping must name it; "" where it has its place."""
        if self.of(element) is not None or self.is_dropped(element):
            return ""
        shown = self.old.elements[element]
        if shown.kind == "boundaryEvent":
            return f"正在等{shown}，新版没有这个事件：请选对应的事件，或者选“不再等”。"
        return f"停在{shown}，新版没有这个环节：请选对应的环节。"

    def unlike(self, element: str) -> Iterator[str]:
        """Why the new element cannot take over what waits at the old one."""
        before, now = self.old.elements[element], self.of(element)
        if now is None:
            return
        after = self.new.elements[now]
        if self._nature(before, self.old) != self._nature(after, self.new):
            yield f"{before}在新版里对应{after}，是另一种环节，不能接着办。"
        elif before.attached_to and self.of(before.attached_to) not in (None, after.attached_to):
            yield f"{before}在新版里附在另一个环节上，不能接着等。"
        elif any(before.properties.get(each) != after.properties.get(each) for each in SAME):
            yield f"{before}在新版里对应{after}，保密（XT-20）或时限归谁不同，不能接着办。"

    def _nature(self, element: Element, version: Definition) -> tuple[object, ...]:
        spec = (self._old_specs if version is self.old else self._new_specs).get(element.id)
        many = type(spec) if isinstance(spec, LoopTask) else None
        return element.kind, element.event, many, self._inside(element, version)

    def _inside(self, element: Element, version: Definition) -> str | None:
        """What runs inside of it, as the new version calls that."""
        if element.id in version.calls:
            return version.calls[element.id].process
        if element.kind in SUBPROCESSES:
            return self.of(element.id) if version is self.old else element.id
        return None

    def new_beside(self, element: str) -> Iterator[str]:
        """What begins to wait beside a task that is open, and what does not begin."""
        now = self.of(element)
        if now is None:
            return
        mine = {self.of(each.id) for each in self.old.elements.values() if each.attached_to == element}
        for event in self.new.elements.values():
            if event.attached_to == now and event.id not in mine and event.event in ("timer", "message"):
                yield f"{self.new.elements[now]}新加了{event}，从迁移时起等。"
        rule, before = self.new.deadlines.get(now), self.old.deadlines.get(element)
        if rule and (before is None or before.key != rule.key):
            yield f"{self.new.elements[now]}新加的时限“{rule.name}”不补算，下次到这一步才开始。"

    def unknown_hands(self) -> Iterator[str]:
        """Who did a step is known by its old name alone: a mapping onto one that `notBy` names would forget them."""
        mapped = {name: before for before, name in self.mapping.items() if name and name not in self.old.elements}
        for element in self.new.elements.values():
            for each in mapped.keys() & set(element.properties.get("notBy", "").split()):
                did = self.old.elements[mapped[each]]
                yield f"新版的{element}不许由办过{did}的人办，换了环节就认不出是谁办的，不能这样对应。"

    def placed(self, stand: Stand) -> tuple[str, str]:
        """The token where the new version has it."""
        via = self.way_in(stand.element, stand.via) if stand.via else ""
        return self.must(stand.element), via or ""

    def way_in(self, join: str, via: str) -> str | None:
        """The element by which a token that has come to a join from `via` has come, in the new version: the same, or
        what stands there instead where only one can. None: nobody can say. "" where nothing meets there any more.
        """
        ways = self._ways_into(self.must(join), self._new_specs)
        if len(ways) < 2:
            return ""
        if self.of(via) in ways:
            return self.of(via)
        before = self._ways_into(join, self._old_specs)
        left = [each for each in ways if each not in {self.of(way) for way in before}]
        gone = [each for each in before if self.of(each) not in ways]
        return left[0] if len(left) == len(gone) == 1 else None

    @staticmethod
    def _ways_into(join: str, specs: Mapping[str, object]) -> list[str]:
        return [element_of(each) for each in specs[join]._inputs]  # type: ignore[attr-defined]

    def scope(self, around: tuple[str, ...]) -> str | None:
        """The process or subprocess of the new version inside of these activities; None where it is another."""
        if not around:
            return self.new.key
        inside = [(self._inside(self.old.elements[each], self.old), self.of(each)) for each in around]
        if any(now is None or was != self._inside(self.new.elements[now], self.new) for was, now in inside):
            return None
        return inside[-1][0]

    def same_floor(self, scope: str, around: tuple[str, ...]) -> bool:
        """Whether both versions draw this process or subprocess with the same elements and lines."""
        old, new = (
            self._floor(self.old, around[-1] if around else None),
            self.new.subprocess_specs.get(scope, self.new.spec),
        )
        graphs = [{name: sorted(spec._outputs) for name, spec in each.task_specs.items()} for each in (old, new)]
        return graphs[0] == graphs[1] and not any(name in old.task_specs for name in self.mapping)

    @staticmethod
    def _floor(version: Definition, host: str | None):  # type: ignore[no-untyped-def]
        if host is None:
            return version.spec
        inside = version.calls[host].process if host in version.calls else host
        return version.subprocess_specs[inside]

    def keeps(self, rule: DeadlineRule) -> bool:
        """Whether the new version meets this deadline where the old one did, and says alike whose it is."""
        until = self.of(rule.until)
        same = [each for each in self.new.deadlines.values() if (each.key, each.until) == (rule.key, until)]
        return bool(same) and self._owners(self.old, rule.key) == self._owners(self.new, rule.key)

    def _owners(self, version: Definition, key: str) -> set[tuple[str | None, str | None]]:
        """The elements that have it apart for each of several, and by what."""
        mine = [element for element, keys in version.owned.items() if key in keys]
        said = {each: version.elements[each].properties.get("deadlineFor") for each in mine}
        return {(self.of(each) if version is self.old else each, said[each]) for each in mine}


def _specs(definition: Definition) -> dict[str, object]:
    """By name, whatever process they stand in: ids are unique in a flow."""
    floors = [definition.spec, *definition.subprocess_specs.values()]
    return {name: spec for floor in floors for name, spec in floor.task_specs.items()}
