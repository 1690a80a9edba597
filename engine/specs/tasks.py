"""Tasks and subprocesses."""

from typing import Any

from SpiffWorkflow.spiff.specs import defaults as stock
from SpiffWorkflow.spiff.specs.spiff_task import SpiffBpmnTask
from SpiffWorkflow.task import Task

from engine.expressions import evaluate
from engine.specs.watched import Watched, move_of
from engine.values import unstorable
from errors import AppError

DEFAULT_RESULT = "spiff__"  # how SpiffWorkflow begins the name of a result nobody asked for


class UserTask(Watched, stock.UserTask):
    """Waits for a person."""


class ManualTask(Watched, stock.ManualTask):
    """Waits for a person."""


class NoneTask(Watched, stock.NoneTask):
    """Waits for a person."""


class ScriptTask(Watched, stock.ScriptTask):
    """Assignments and `if` of the expression language."""


class ServiceTask(Watched, stock.ServiceTask):
    """Asks the host. SpiffWorkflow's way hides what the handler raised behind a NameError."""

    def _execute(self, my_task: Task) -> bool:
        move = move_of(my_task)
        arguments = {
            name: evaluate(parameter["value"], my_task.data, move.functions_at(my_task))
            for name, parameter in self.operation_params.items()
        }
        element = move.element(my_task)
        result = move.host.call(self.operation_name, arguments, element.clauses if element else ())
        if not self.result_variable.startswith(DEFAULT_RESULT):
            keep_result(my_task, {self.result_variable: result})
        return True


class DecisionTask(Watched, SpiffBpmnTask):
    """Looks up one of our decision tables; SpiffWorkflow's own DMN never runs."""

    def __init__(self, wf_spec: Any, name: str, decision: str, **attributes: Any):
        super().__init__(wf_spec, name, **attributes)
        self.decision = decision

    def _run_hook(self, my_task: Task) -> bool:
        move = move_of(my_task)
        table = move.definition.decisions[self.decision]
        keep_result(my_task, table.decide(my_task.data, move.functions_at(my_task)))
        return super()._run_hook(my_task)


class _Around(Watched):
    """A call activity or subprocess: the whole data goes in and comes back."""

    spec: str

    def start_workflow(self, my_task: Task) -> None:
        inside = my_task.workflow.top_workflow.create_subprocess(my_task, self.spec)
        inside.completed_event.connect(self._on_subworkflow_completed, my_task)
        inside.task_tree.data = dict(my_task.data)
        inside.task_tree.run()

    def update_data(self, my_task: Task, subworkflow: Any) -> None:
        my_task.data = dict(subworkflow.last_task.data)


class SubWorkflowTask(_Around, stock.SubWorkflowTask):
    """A subprocess drawn in place."""


class CallActivity(_Around, stock.CallActivity):
    """A process of its own."""


def keep_result(my_task: Task, result: dict[str, Any]) -> None:
    """Put what a step found into the data. Raises AppError for what storage would change or refuse."""
    for name, value in result.items():
        if reason := unstorable(value):
            raise AppError(f"结果“{name}”无法保存：{reason}。")
    my_task.data.update(result)
