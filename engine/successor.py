"""Whether a case of one version may go on under another: where both draw the same way, it may.

Only what hangs on the elements may differ: conditions, tables, the fields of forms, limits, services. So every token
stands on an element that there is, every timer and every running deadline is still heard by what it was set for, every
form that was handed in can be read, and nothing that was hidden becomes readable (XT-20).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec

from engine.definition import Definition
from engine.elements import Element


def differences(old: Definition, new: Definition) -> list[str]:
    """Why cases of `old` cannot go on under `new`, a sentence each, in words; none: they can."""
    gone = [f"新版没有{element}" for id_, element in old.elements.items() if id_ not in new.elements]
    added = [f"新版多了{element}" for id_, element in new.elements.items() if id_ not in old.elements]
    if gone or added:
        return gone + added
    changed = [f"{element}的类型、所附的环节、表单或保密变了" for element in _changed(old.elements, new.elements)]
    changed += [f"{old.elements[id_]}的时限名称、终点或归谁变了" for id_ in _deadlines_changed(old, new)]
    return changed or ([] if _graphs(old) == _graphs(new) else ["新版的连线变了"])


def _changed(old: Mapping[str, Element], new: Mapping[str, Element]) -> Iterator[Element]:
    for id_, element in old.items():
        if _nature(element) != _nature(new[id_]):
            yield element


def _nature(element: Element) -> tuple[Any, ...]:
    marks = element.properties.get("form"), element.properties.get("confidential")
    return element.kind, element.process, element.attached_to, element.interrupting, element.event, *marks


def _deadlines_changed(old: Definition, new: Definition) -> Iterator[str]:
    """A running deadline is a row under its key, which says whose it is, and ends where its rule says."""
    for id_ in old.elements:
        before, after = old.deadlines.get(id_), new.deadlines.get(id_)
        owners = {each.elements[id_].properties.get("deadlineFor") for each in (old, new)}
        if (before and (before.key, before.until)) != (after and (after.key, after.until)) or len(owners) > 1:
            yield id_


def _graphs(definition: Definition) -> dict[str, Any]:
    """Of each process what leads where, as SpiffWorkflow's specs have it: the saved state names these."""
    specs = {"": definition.spec, **definition.subprocess_specs}
    return {name: _graph(spec) for name, spec in specs.items()}


def _graph(spec: BpmnProcessSpec) -> dict[str, Any]:
    return {
        name: (type(task).__name__, sorted(output.name for output in task.outputs), getattr(task, "spec", None))
        for name, task in spec.task_specs.items()
    }
