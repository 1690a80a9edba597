"""Every text of a diagram that SpiffWorkflow wants evaluated comes here, and goes to our own language."""

from typing import Any

from SpiffWorkflow.bpmn.script_engine import BasePythonScriptEngineEnvironment, PythonScriptEngine
from SpiffWorkflow.task import Task

from engine.expressions import evaluate, execute
from engine.move import Move
from engine.specs.watched import move_of


class Environment(BasePythonScriptEngineEnvironment):
    """SpiffWorkflow calls this directly in places (ad-hoc processes, correlations), so it must be safe by itself."""

    def __init__(self, move: Move):
        super().__init__()
        self._move = move

    def evaluate(self, expression: str, context: dict[str, Any], external_context: object = None) -> Any:
        return evaluate(expression, context, self._move.functions)

    def execute(self, script: str, context: dict[str, Any], external_context: object = None) -> bool:
        context.update(execute(script, context, self._move.functions))
        return True

    def call_service(self, context: dict[str, Any], **arguments: object) -> str:
        raise NotImplementedError("service tasks call the host themselves")


class ScriptEngine(PythonScriptEngine):
    """SpiffWorkflow's engine with our language in it; errors pass as they are raised."""

    def __init__(self, move: Move):
        super().__init__(Environment(move))

    def evaluate(self, task: Task, expression: str, external_context: object = None) -> Any:
        return evaluate(expression, task.data, move_of(task).functions_at(task))

    def execute(self, task: Task, script: str, external_context: object = None) -> bool:
        task.data.update(execute(script, task.data, move_of(task).functions_at(task)))
        return True

    def call_service(self, task: Task, **arguments: object) -> str:
        return self.environment.call_service(task.data, **arguments)
