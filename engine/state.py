"""A case as bytes: compact, and read back without loss. The specs are not in it; the definition holds them.

Never a JSON document for a database to rearrange: tasks stand in the order of the tree, and keys in theirs.
"""

import zlib
from typing import Any

import orjson
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.definition import Definition
from engine.move import Move
from engine.workflow import CaseTask, CaseWorkflow, Subprocess, dashed

VERSION = b"\x01"
UNFINISHED = TaskState.READY | TaskState.WAITING | TaskState.STARTED  # a token stands on it
PREDICTED = TaskState.PREDICTED_MASK | TaskState.FUTURE  # not reached yet: no data, and nobody knows their ids


def dump(case: CaseWorkflow) -> bytes:
    """The whole case."""
    inside = [[_digits(task_id), _pack(flow)] for task_id, flow in case.subprocesses.items()]
    return VERSION + zlib.compress(orjson.dumps([_pack(case), inside]), 1)


def restore(state: bytes, definition: Definition, move: Move) -> CaseWorkflow:
    """The case again. Raises ValueError for bytes that dump() did not make."""
    packed, inside = unpacked(state)
    case = CaseWorkflow(definition, move)
    _unpack(case, packed)
    for task_id, packed_inside in inside:
        host = case.get_task_from_id(dashed(task_id))
        flow = Subprocess(definition.subprocess_specs[host.task_spec.spec], host.id, case)
        _unpack(flow, packed_inside)
        case.subprocesses[host.id] = flow
        flow.completed_event.connect(host.task_spec._on_subworkflow_completed, host)
    return case


def unpacked(state: bytes) -> list[Any]:
    """The main process, and by host what runs inside. Raises ValueError for bytes that dump() did not make."""
    if state[:1] != VERSION:
        raise ValueError("not the state of a case")
    try:
        found: list[Any] = orjson.loads(zlib.decompress(state[1:]))
    except zlib.error as error:
        raise ValueError("not the state of a case") from error
    return found


def _pack(workflow: CaseWorkflow | Subprocess) -> list[Any]:
    order = _walk(workflow.task_tree)
    place = {task.id: index for index, task in enumerate(order)}
    changed = sorted({task.last_state_change for task in order if not task._state & PREDICTED})
    rank = {moment: index for index, moment in enumerate(changed)}
    rows = [_row(task, place.get(task._parent), rank.get(task.last_state_change, 0)) for task in order]
    return [int(workflow.completed), rows]


def _walk(root: Task) -> list[Task]:
    """Every task, parents before children and children in their order."""
    found = []
    waiting = [root]
    while waiting:
        task = waiting.pop()
        found.append(task)
        waiting.extend(reversed(task.children))
    return found


def _row(task: Task, parent: int | None, rank: int) -> list[Any]:
    row = [parent, task.task_spec.name, task._state]
    if task._state & PREDICTED:
        return row
    changes = _changes(task.parent.data if parent is not None else {}, task.data)
    return [*row, _digits(task.id), rank, int(task.triggered), task.internal_data or 0, changes]


def _digits(task_id: str) -> str:
    return task_id.replace("-", "")


def _changes(before: dict[str, Any], after: dict[str, Any]) -> Any:
    """What a task's data says that its parent's does not: [set, removed]."""
    changed = {name: value for name, value in after.items() if name not in before or not _same(before[name], value)}
    removed = [name for name in before if name not in after]
    return [changed, removed] if changed or removed else 0


def _same(one: Any, other: Any) -> bool:
    """Python takes 1, 1.0 and True for equal; JSON does not."""
    return one is other or (one == other and orjson.dumps(one) == orjson.dumps(other))


def _unpack(workflow: CaseWorkflow | Subprocess, packed: list[Any]) -> None:
    completed, rows = packed
    workflow.completed = bool(completed)
    order: list[Task] = []
    for row in rows:
        parent = order[row[0]] if row[0] is not None else None
        order.append(_task(workflow, parent, row))
    workflow.task_tree = order[0]


def _task(workflow: CaseWorkflow | Subprocess, parent: Task | None, row: list[Any]) -> Task:
    _, name, state, *reached = row
    spec = workflow.spec.task_specs[name]
    task = CaseTask(workflow, spec, parent, state, dashed(reached[0]) if reached else None)
    if not reached:
        return task
    _, rank, triggered, internal, changes = reached
    task.last_state_change, task.triggered, task.internal_data = rank, bool(triggered), internal or {}
    task.data = dict(parent.data) if parent is not None else {}
    if changes:
        task.data.update(changes[0])
        for gone in changes[1]:
            del task.data[gone]
    if state == TaskState.WAITING and isinstance(spec, CatchingEvent):
        workflow.top_workflow.event_manager.add_task(task)
    return task
