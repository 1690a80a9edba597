"""Forget what a case will not need again, so that its state stays as small after 2,000 steps as after one.

Of the finished tasks only those stay that something unfinished still asks for: its direct parent (which input of a
join it came through, what data it brings), and the places where branches part that have not met again.
"""

from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.workflow import CaseWorkflow


def prune(case: CaseWorkflow) -> None:
    """Drop finished tasks and finished processes. The history of the case is kept elsewhere."""
    for workflow in case.workflows():
        _shrink(workflow)
    for task_id in list(case.subprocesses):
        host = next((flow.tasks[task_id] for flow in case.workflows() if task_id in flow.tasks), None)
        if host is None or host.state & TaskState.FINISHED_MASK:
            del case.subprocesses[task_id]


def _shrink(workflow: CaseWorkflow) -> None:
    tasks = workflow.tasks
    keep = _needed(workflow)
    if len(keep) == len(tasks):
        return
    order = _in_order(workflow.task_tree, tasks, keep)
    for task in order:
        task._children = []
    for task in order[1:]:
        parent = _nearest(task, tasks, keep)
        task._parent = parent.id
        parent._children.append(task.id)
    for gone in [task_id for task_id in tasks if task_id not in keep]:
        case_events = workflow.top_workflow.event_manager
        case_events.remove_task(tasks.pop(gone))
    if workflow.last_task is not None and workflow.last_task.id not in keep:
        workflow.last_task = None


def _needed(workflow: CaseWorkflow) -> set[str]:
    tasks = workflow.tasks
    unfinished = [task for task in tasks.values() if task._state & TaskState.NOT_FINISHED_MASK]
    keep = {workflow.task_tree.id} | {task.id for task in unfinished} | {task._parent for task in unfinished} - {None}
    ways: dict[str, set[str]] = {}  # finished task -> those of its children that lead to something unfinished
    for task in unfinished:
        below = task
        while below._parent is not None:
            known = ways.setdefault(below._parent, set())
            if below.id in known:
                break
            known.add(below.id)
            below = tasks[below._parent]
    keep |= {task_id for task_id, children in ways.items() if len(children) > 1}
    for task_id in ways.keys() & keep:
        if isinstance(tasks[task_id].task_spec, BoundaryEventSplit):
            keep |= ways[task_id]  # its children are told apart by what they are: activity or event
    return keep


def _in_order(root: Task, tasks: dict[str, Task], keep: set[str]) -> list[Task]:
    """The kept tasks as a walk down the tree meets them, so that the order of children stays."""
    found = []
    waiting = [root]
    while waiting:
        task = waiting.pop()
        if task.id in keep:
            found.append(task)
        waiting.extend(tasks[child] for child in reversed(task._children))
    return found


def _nearest(task: Task, tasks: dict[str, Task], keep: set[str]) -> Task:
    parent = tasks[task._parent]
    while parent.id not in keep:
        parent = tasks[parent._parent]
    return parent
