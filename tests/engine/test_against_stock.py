"""Our engine saves, prunes and loads between any two steps, and does what stock SpiffWorkflow does in one piece."""

import os
from collections import Counter
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from SpiffWorkflow.bpmn import BpmnEvent, BpmnWorkflow
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.spiff.parser import SpiffBpmnParser
from SpiffWorkflow.util.task import TaskState

from tests.engine.case import begin
from tests.engine.random_flows import Plan, random_flow

EXAMPLES = int(os.environ.get("BIHUAN_WALKS", "60"))
STEPS = 25
DATA = {"units": ["a", "b"]}


class Stock:
    """SpiffWorkflow as it comes, never saved."""

    def __init__(self, flow: bytes, plan: Plan):
        parser = SpiffBpmnParser()
        parser.add_bpmn_str(flow)
        self.plan = plan
        self.case = BpmnWorkflow(parser.get_spec("p"), parser.get_subprocess_specs("p"))
        self.case.task_tree.data.update(units=["a", "b"])
        self.case.do_engine_steps()

    def tasks(self, state: int):
        return [task for task in self.case.get_tasks(state=state) if task.task_spec.bpmn_id in self.plan.items]

    def name(self, task) -> tuple:
        return (task.task_spec.bpmn_id, *(task.data.get(item) for item in self.plan.items[task.task_spec.bpmn_id]))

    def open(self) -> Counter:
        return Counter(self.name(task) for task in self.tasks(TaskState.READY) if task.task_spec.manual)

    def listening(self) -> list[tuple]:
        return sorted(
            {self.name(task) for task in self.tasks(TaskState.WAITING) if isinstance(task.task_spec, CatchingEvent)}
        )

    def do(self, name: tuple, values: dict) -> None:
        task = next(task for task in self.tasks(TaskState.READY) if self.name(task) == name)
        task.data.update(values)
        task.run()
        self.case.do_engine_steps()

    def fire(self, name: tuple) -> None:
        """A message to one listener; a timer for all, as its deadline is one."""
        timer = name[0].startswith("t")
        found = [
            t
            for t in self.tasks(TaskState.WAITING)
            if (name[0] == t.task_spec.bpmn_id if timer else self.name(t) == name)
        ]
        for task in found if timer else found[:1]:
            event = task.task_spec.event_definition
            if timer:
                task.internal_data["event_fired"] = True
            else:
                event.catch(task, BpmnEvent(event, {}))
            task.task_spec._update(task)
        self.case.do_engine_steps()


def ours_open(case, plan: Plan) -> Counter:
    return Counter(
        (task.element.id, *(task.variables.get(item) for item in plan.items[task.element.id]))
        for task in case.execution.open_tasks()
    )


def condition(name: tuple, plan: Plan) -> str:
    return (
        " and ".join(f'{item} == "{value}"' for item, value in zip(plan.items[name[0]], name[1:], strict=True))
        or "True"
    )


def walk(random: Random) -> int:
    """Take random steps in both. How many."""
    seed = random.randint(0, 10**9)
    flow, plan = random_flow(Random(seed), ours=True)
    stock_flow, _ = random_flow(Random(seed), ours=False)
    case = begin(flow, data=DATA)
    stock = Stock(stock_flow, plan)
    for step in range(STEPS):
        assert ours_open(case, plan) == stock.open()
        assert case.ended == stock.case.is_completed()
        if case.ended or not (stock.open() or stock.listening()):
            return step  # an interrupted branch never comes to its join: then both stand still
        _step(random, case, stock, plan)
    return STEPS


def _step(random: Random, case, stock: Stock, plan: Plan) -> None:
    listening = stock.listening()
    if listening and (random.random() < 0.3 or not stock.open()):
        name = random.choice(listening)
        if name[0].startswith("t"):
            case.host.deadlines[name[0]] = case.host.now
            case.wait()
            del case.host.deadlines[name[0]]
        else:
            case.say(name[0], only_if=condition(name, plan))
        stock.fire(name)
        return
    name = random.choice(sorted(stock.open()))
    variable, ways = plan.choices.get(name[0], ("unused", 1))
    values = {variable: random.randrange(ways)}
    case.do(name[0], only_if=condition(name, plan), **values)
    stock.do(name, values)


@settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10**6))
def test_random_walks_find_no_difference_to_stock_spiffworkflow(seed):
    walk(Random(seed))
