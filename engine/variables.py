"""The variables of a running case as an operator may see and set them: where each is read, what each token has."""

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask
from SpiffWorkflow.util.task import TaskState

from engine.check.names import given_by
from engine.definition import Definition
from engine.diagram import Node, Process
from engine.instances import data_of
from engine.reading import read_processes
from engine.state import UNFINISHED
from engine.texts import EXPRESSIONS, LOOP, Text, loop_names, texts
from engine.workflow import CaseWorkflow


@dataclass(frozen=True)
class Variable:
    """`read_at`: 「办理」（handle）的办理岗位, as the diagram has them; `personal`: the kind of the field it is typed
    in, "" where it is nobody's (S-04); `label`: what the first form that asks for it calls it, "" where none does.
    """

    name: str
    read_at: tuple[str, ...]
    personal: str
    label: str = ""

    @property
    def called(self) -> str:
        """As people read it: 承办单位（lead_org）."""
        return f"{self.label}（{self.name}）" if self.label else self.name


def settable(definition: Definition) -> dict[str, Variable]:
    """What the definition reads, by name: without what a multi-instance counts through or collects, what names a clue,
    and what only confidential elements and answers give or read (XT-20).
    """
    processes = _processes(definition)
    nodes = [node for process in processes for node in process.nodes.values()]
    fields = [field for form in definition.forms.values() for field in form.inputs]
    taken = {name for node in nodes for name in _of_loop(node)}
    clues = [text for process in processes for text in texts(process) if text.place == EXPRESSIONS["clue"]]
    taken |= {name for text in clues for name in _read(text)}
    taken |= {field.key for field in fields if field.confidential}
    taken |= {name for node in nodes if node.id in definition.secrets for name in given_by(definition, node)}
    kinds = {field.key: field.properties["personal"] for field in fields if "personal" in field.properties}
    labels = {field.key: field.label for field in reversed(fields)}
    return {
        name: Variable(name, tuple(dict.fromkeys(places)), kinds.get(name, ""), labels.get(name, ""))
        for name, places in sorted(_reads(definition, processes).items())
        if name not in taken
    }


def values_of(case: CaseWorkflow, name: str) -> list[Any]:
    """Each value that some token which waits has, once; None where it has none."""
    found: list[Any] = []
    for task in case.all_tasks():
        if task.state & UNFINISHED and task.id not in case.subprocesses and not isinstance(task.task_spec, LoopTask):
            value = data_of(task).get(name)
            if not any(type(value) is type(each) and value == each for each in found):
                found.append(value)
    return found


def set_value(case: CaseWorkflow, name: str, value: Any) -> None:
    """For every token, and wherever one that has yet to arrive takes its data from."""
    for task in case.all_tasks():
        if not task.state & (TaskState.PREDICTED_MASK | TaskState.FUTURE):
            task.data[name] = deepcopy(value)


def _processes(definition: Definition) -> list[Process]:
    files = {f"{number}.bpmn": content for number, content in enumerate(dict.fromkeys(definition.diagrams.values()))}
    return [each for each in read_processes(files).values() if each.id in definition.diagrams]


def _of_loop(node: Node) -> Iterator[str]:
    yield from loop_names(node)
    yield node.text(f"{LOOP}/bpmn:loopDataOutputRef") or ""
    if (item := node.child(f"{LOOP}/bpmn:inputDataItem")) is not None:
        yield item.get("id", "")


def _reads(definition: Definition, processes: Iterable[Process]) -> dict[str, list[str]]:
    """Where each name is read, but at confidential elements and on the ways out of them."""
    found: dict[str, list[str]] = {}
    for process in processes:
        secret = {flow.id for flow in process.flows if {flow.source, flow.target} & definition.secrets}
        for text in texts(process):
            if text.element not in definition.secrets | secret:
                for name in _read(text):
                    found.setdefault(name, []).append(f"{text.shown}的{text.place}")
        for node in process.nodes.values():
            table = definition.decisions.get(definition.asks.get(node.id, ""))
            if table and node.id not in definition.secrets:
                for name in table.names:
                    found.setdefault(name, []).append(f"{node.element}的决策表“{table.name}”")
    return found


def _read(text: Text) -> Iterable[str]:
    return text.compile().names
