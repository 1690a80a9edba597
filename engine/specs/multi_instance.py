"""Multi-instances: several departments, each with its own copy of the work."""

from typing import Any

from SpiffWorkflow.spiff.specs import defaults as stock
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.expressions import evaluate
from engine.limits import MAX_INSTANCES
from engine.specs.watched import Watched, move_of
from errors import AppError, BudgetExceeded


class _Many(Watched):
    """What is wrong with both kinds in SpiffWorkflow 3.2.0, set right."""

    cardinality: str | None
    condition: str | None
    data_input: Any
    data_output: Any
    input_item: Any
    output_item: Any

    def _update_hook(self, my_task: Task) -> bool:
        if my_task.has_state(TaskState.PREDICTED_MASK):
            my_task._set_state(TaskState.FUTURE)  # a token that came from a boundary event finds a mere prediction
        self._count(my_task)
        return super()._update_hook(my_task)

    def create_child(self, my_task: Task, item: Any, key_or_index: Any = None) -> None:
        for name in self._own_names():  # what is called so around it, or in an earlier round, is covered by the item
            my_task.data.pop(name, None)
        super().create_child(my_task, item, key_or_index)

    def _on_complete_hook(self, my_task: Task) -> None:
        """What its item covered is seen again: an item of the process around may have the same name."""
        around = my_task.parent.data
        my_task.data.update({name: around[name] for name in self._own_names() if name in around})
        super()._on_complete_hook(my_task)

    def init_data_output_with_input_data(self, my_task: Task, input_data: Any) -> None:
        self._clear_output(my_task)
        super().init_data_output_with_input_data(my_task, input_data)

    def init_data_output_with_cardinality(self, my_task: Task) -> None:
        self._clear_output(my_task)
        super().init_data_output_with_cardinality(my_task)

    def merge_child(self, workflow: Any, child: Task) -> None:
        my_task = child.parent
        if str(child.id) in my_task.internal_data["merged"]:
            return  # run again after a failure further on
        if self.data_output is not None and self.output_item is not None:
            if not self.output_item.exists(child):
                raise AppError(f"多实例办完了一次，没有得到要汇总的“{self.output_item.bpmn_id}”。")
            super().merge_child(workflow, child)
        else:
            data, names = my_task.data, self._own_names()
            my_task.data = {}  # let the stock merge have nothing to mix, then keep whole values
            super().merge_child(workflow, child)
            my_task.data = data | changes(my_task.parent.data, child.data, names)

    def check_completion_condition(self, my_task: Task) -> bool:
        """Asked after each instance, of what it says and of what all have said so far: stock knows the last one alone,
        and no share of them could end it (会签).
        """
        merged = my_task.internal_data["merged"]
        if self.condition is None or not merged:
            return False
        last = next(child for child in my_task.children if str(child.id) == merged[-1])
        so_far = {self.data_output.bpmn_id: self.data_output.get(my_task)} if self.data_output is not None else {}
        return bool(evaluate(self.condition, last.data | so_far, move_of(my_task).functions_at(last)))

    def _own_names(self) -> set[str]:
        return {item.bpmn_id for item in (self.input_item, self.output_item) if item is not None}

    def _clear_output(self, my_task: Task) -> None:
        same = self.data_input is not None and self.data_input.bpmn_id == self.data_output.bpmn_id
        if not same:
            my_task.data.pop(self.data_output.bpmn_id, None)

    def _count(self, my_task: Task) -> None:
        """Refuse what is no count or collection, and what would be too many."""
        data = {**my_task.parent.data, **my_task.data}
        if self.data_input is None:
            count = evaluate(self.cardinality or "", data, move_of(my_task).functions_at(my_task))
            if type(count) is not int or count < 0:
                raise AppError("多实例的个数必须是不小于零的整数。")
        else:
            items = data.get(self.data_input.bpmn_id)
            if not isinstance(items, list | dict):
                raise AppError(f"多实例的清单“{self.data_input.bpmn_id}”不是列表。")
            count = len(items)
        if count > MAX_INSTANCES:
            raise BudgetExceeded


class ParallelMultiInstanceTask(_Many, stock.ParallelMultiInstanceTask):
    """All at once."""


class SequentialMultiInstanceTask(_Many, stock.SequentialMultiInstanceTask):
    """One after the other."""


def changes(before: dict[str, Any], after: dict[str, Any], except_for: set[str]) -> dict[str, Any]:
    """What one instance set, apart from its own item."""
    return {
        name: value
        for name, value in after.items()
        if name not in except_for and (name not in before or before[name] != value)
    }
