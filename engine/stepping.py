"""Run what needs nobody, until only people, time, messages or a retry can move the case on."""

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine import failures
from engine.specs.events import FirstOf
from engine.specs.timer import Timer
from engine.workflow import CaseWorkflow


def advance(case: CaseWorkflow) -> None:
    """One step at a time: SpiffWorkflow would exhaust a subprocess before it looks at what interrupts it."""
    while (task := _next(case)) is not None:
        case.move.count_step()
        run(task)


def run(task: Task) -> None:
    """Run one task; what it raises stays with it."""
    try:
        task.workflow.top_workflow.move.arrive(task)
        task.run()
    except Exception as error:
        failures.keep(task, error)


def fire_timers(case: CaseWorkflow) -> bool:
    """Let every waiting timer look at the clock. Whether one went off."""
    fired = False
    for task in [task for task in case.all_tasks() if _has_timer(task)]:
        if task.state == TaskState.WAITING:  # an earlier one may have cancelled it
            task.task_spec._update(task)
            fired = fired or task.state == TaskState.READY
    return fired


def _next(case: CaseWorkflow) -> Task | None:
    """The outermost first: a boundary event that has fired comes before anything inside what it interrupts."""
    ready = (task for task in case.all_tasks() if task.state == TaskState.READY and not task.task_spec.manual)
    return next((task for task in ready if not failures.has_failed(task)), None)


def _has_timer(task: Task) -> bool:
    return task.state == TaskState.WAITING and isinstance(
        getattr(task.task_spec, "event_definition", None), Timer | FirstOf
    )
