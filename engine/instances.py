"""Which of several alike a task is: whose deadline is meant (`deadlineFor`), and what it is called (`itemLabel`). The
instance of a multi-instance says it, or the user task itself, where several tokens come to it.

The host sees a plain key: `handle` of the unit `housing` is `handle:housing`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask
from SpiffWorkflow.task import Task

from engine.diagram import Node, Process, reachable
from engine.expressions import evaluate
from errors import AppError

if TYPE_CHECKING:
    from engine.move import Move

MAX_LENGTH = 60
MAX_LABEL = 80  # of one instance: an inbox shows it in a line or two
OF = ("due", "met")  # functions that take the key of a deadline


def is_instance(task: Task) -> bool:
    """One of the many of a multi-instance, whose own deadline and status belong to the whole.

    What follows the multi-instance is a child of it too.
    """
    whole = task.parent.task_spec if task.parent else None
    return isinstance(whole, LoopTask) and whole.task_spec == task.task_spec.name


def data_of(task: Task) -> dict[str, Any]:
    """What it knows, also where it has not been given its parent's yet: when its token arrives."""
    return {**(task.parent.data if task.parent else {}), **task.data}


def key_at(move: "Move", task: Task, key: str) -> str:
    """The deadline that `key` means to a task: its own unit's, if it is one of those that start inside."""
    owned = move.definition.owned
    if not owned:
        return key
    around = [each for each in _speaking(move, task) if key in owned.get(each.task_spec.bpmn_id, ())]
    return ":".join([key, *reversed([_owner(move, instance) for instance in around])])


def functions_at(move: "Move", task: Task) -> Mapping[str, Callable[..., Any]]:
    """What an expression of a task may call."""
    if not move.definition.owned:
        return move.functions
    given = dict(move.functions)

    def speaking_of(function: Callable[..., Any]) -> Callable[..., Any]:
        return lambda key: function(key_at(move, task, key))

    return given | {name: speaking_of(given[name]) for name in OF if name in given}


def label_at(move: "Move", task: Task) -> str:
    """Which of the many a task is about (`itemLabel`), the outer one first; "" where nothing says it."""
    elements = move.definition.elements
    said = [
        (instance, source)
        for instance in _speaking(move, task)
        if (source := elements[instance.task_spec.bpmn_id].properties.get("itemLabel"))
    ]
    return "，".join(reversed([_label(move, instance, source) for instance, source in said]))


def own_label_at(move: "Move", task: Task) -> str:
    """What a user task calls the one of several that its own deadline is for: the clue; "" for any other task, and
    where that goes wrong: a name does not keep a deadline from running.
    """
    properties = move.definition.elements[task.task_spec.bpmn_id].properties
    if not {"deadlineFor", "itemLabel"} <= properties.keys() or isinstance(task.task_spec, LoopTask):
        return ""
    try:
        return _label(move, task, properties["itemLabel"])
    except AppError:
        return ""


def owned_keys(processes: Iterable[Process]) -> dict[str, frozenset[str]]:
    """By element with `deadlineFor`: the keys of the deadlines that start inside it; of a user task, its own."""
    known = {process.id: process for process in processes}
    nodes = [node for process in known.values() for node in process.nodes.values()]
    return {node.id: frozenset(_keys(node, nodes, known)) for node in nodes if "deadlineFor" in node.element.properties}


def _keys(around: Node, nodes: list[Node], known: Mapping[str, Process]) -> Iterator[str]:
    if around.kind == "userTask" and (own := around.element.properties.get("deadline")):
        yield own
    called = around.xml.get("calledElement")
    inside = [node for node in nodes if node.scope == around.id]
    if called:
        inside += [node for process in reachable(called, known) for node in process.nodes.values()]
    for node in inside:
        if key := node.element.properties.get("deadline"):
            yield key
        if not called:
            yield from _keys(node, nodes, known)


def _speaking(move: "Move", task: Task) -> Iterator[Task]:
    """The task itself where it is a person's, then the instances it runs in, the innermost first."""
    element = move.element(task)
    if element is not None and element.kind == "userTask":
        yield task
    yield from around(task)


def around(task: Task) -> Iterator[Task]:
    """The instances a task runs in, the innermost first."""
    workflow = task.workflow
    while workflow is not task.workflow.top_workflow:
        holder = workflow.parent_workflow.tasks[workflow.parent_task_id]
        if is_instance(holder):
            yield holder
        workflow = holder.workflow


def _label(move: "Move", instance: Task, source: str) -> str:
    label = evaluate(source, data_of(instance), move.functions)
    if not isinstance(label, str):
        raise AppError("任务是哪一项（itemLabel）应是文字。")
    return label if len(label) <= MAX_LABEL else label[: MAX_LABEL - 1] + "…"


def _owner(move: "Move", instance: Task) -> str:
    source = move.definition.elements[instance.task_spec.bpmn_id].properties["deadlineFor"]
    owner = evaluate(source, data_of(instance), move.functions)
    if type(owner) is int:
        owner = str(owner)
    if not isinstance(owner, str) or not owner or len(owner) > MAX_LENGTH:
        raise AppError("时限归谁（deadlineFor）应是单位代号或行号这样的短文字。")
    return owner
