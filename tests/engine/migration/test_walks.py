"""Random flows, walked by two cases: one is carried over and back between any two steps, and nothing is different."""

import os
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine import Judge, Klass, carry, parse, standing
from tests.engine.case import CaseDriver, begin
from tests.engine.migration.renamed import AFTER, renamed
from tests.engine.random_flows import random_flow

EXAMPLES = int(os.environ.get("BIHUAN_WALKS", "60")) // 5
STEPS = 15
DATA = {"units": ["a", "b"]}


def open_in(case: CaseDriver, plan) -> list[tuple]:
    tasks = [(task.element.id.removesuffix(AFTER), task.variables) for task in case.execution.open_tasks()]
    return sorted((name, *(variables.get(item) for item in plan.items[name])) for name, variables in tasks)


def moved(case: CaseDriver, judge: Judge) -> None:
    """To the judge's new version."""
    verdict = judge.judge(standing(case.state, judge.old.elements))
    assert verdict.klass == Klass.SAFE, verdict.reasons
    case.state = carry(case.state, judge.fitting, case.host).state
    case.definition = judge.new


@settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10**6))
def test_a_case_that_is_carried_over_between_any_two_steps_goes_the_same_way(seed):
    random = Random(seed)
    flow, plan = random_flow(Random(seed), ours=True)
    other, names = renamed(flow)
    stays, goes = begin(flow, data=DATA), begin(flow, data=DATA)
    old, new = stays.definition, parse("p", {"p.bpmn": other})
    there, back = Judge(old, new, names), Judge(new, old, {name: id_ for id_, name in names.items()})
    for step in range(STEPS):
        moved(goes, back if step % 2 else there)
        assert open_in(goes, plan) == open_in(stays, plan)
        assert goes.ended == stays.ended
        assert sorted(each.removesuffix(AFTER) for each in goes.buttons) == stays.buttons
        if not (opened := open_in(stays, plan)):
            return
        _step(random, stays, goes, plan, opened)


def _step(random: Random, stays: CaseDriver, goes: CaseDriver, plan, opened: list[tuple]) -> None:
    buttons = stays.buttons
    if buttons and random.random() < 0.3:
        name = random.choice(buttons)
        for case in (stays, goes):
            case.say(name if case is stays else _called(case, name))
        return
    name, *items = random.choice(opened)
    variable, ways = plan.choices.get(name, ("unused", 1))
    value = random.randrange(ways)
    only_if = " and ".join(f'{item} == "{it}"' for item, it in zip(plan.items[name], items, strict=True)) or "True"
    for case in (stays, goes):
        case.do(name if case is stays else _called(case, name), only_if=only_if, **{variable: value})


def _called(case: CaseDriver, name: str) -> str:
    return name if name in case.definition.elements else name + AFTER
