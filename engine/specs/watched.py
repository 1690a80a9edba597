"""What every element on a diagram does besides its own work: report to the move, and keep its failures to itself."""

from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.task import Task

from engine import failures
from engine.move import Move


def move_of(task: Task) -> Move:
    return task.workflow.top_workflow.move


class Watched(TaskSpec):
    """First base class of our specs."""

    arrives_when_ready = False  # a token comes to a gateway or boundary event when it fires, not while it listens

    def _update(self, my_task: Task) -> None:
        if failures.has_failed(my_task):
            return
        try:
            if not self.arrives_when_ready:
                move_of(my_task).arrive(my_task)
            super()._update(my_task)
        except Exception as error:
            failures.keep(my_task, error)

    def _on_ready_hook(self, my_task: Task) -> None:
        super()._on_ready_hook(my_task)
        move_of(my_task).arrive(my_task)

    def _on_complete(self, my_task: Task) -> None:
        move_of(my_task).complete(my_task)
        super()._on_complete(my_task)

    def _on_cancel(self, my_task: Task) -> None:
        failures.forget(my_task)
        move_of(my_task).cancel(my_task)
        super()._on_cancel(my_task)
