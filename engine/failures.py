"""A step that went wrong: kept on its task, so that everything else goes on and an operator can run it again."""

from SpiffWorkflow.specs.MultiChoice import MultiChoice
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from errors import AlreadyChanged, AppError, BudgetExceeded, StorageUnavailable

FAILURE = "failure"  # in internal_data: what went wrong, in words

#: These end the whole move: it asks for too much, or what it was to be written into is gone or was faster.
NOT_ITS_FAULT = (BudgetExceeded, StorageUnavailable, AlreadyChanged)


def has_failed(task: Task) -> bool:
    return FAILURE in task.internal_data


def keep(task: Task, error: Exception) -> None:
    """Hold the task where it is. READY failed while running, WAITING failed on arrival: neither counts as finished.

    SpiffWorkflow's own ERROR state counts as finished, so joins and boundary events would go on without the task.
    """
    if isinstance(error, NOT_ITS_FAULT):
        raise error
    if isinstance(error, RecursionError):
        raise BudgetExceeded from error
    running = task.state & (TaskState.READY | TaskState.FINISHED_MASK)
    task._set_state(TaskState.READY if running else TaskState.WAITING)
    task.internal_data[FAILURE] = _describe(task, error)


def forget(task: Task) -> None:
    task.internal_data.pop(FAILURE, None)


def _describe(task: Task, error: Exception) -> str:
    spec = task.task_spec
    return f"“{spec.bpmn_name or spec.bpmn_id or spec.name}”没有办成：{_reason(task, error)}"


def _reason(task: Task, error: Exception) -> str:
    if isinstance(error, AppError):
        return str(error)
    if isinstance(task.task_spec, MultiChoice):
        return "没有一条出路的条件成立。"
    return f"系统内部出错（{type(error).__name__}）。"
