"""What one needs to see to order a unit about a case (督查台“督办”)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from engine.forms import Choice, Form
from errors import NotAllowed
from models import Identity, Task, now
from operations.acts import ordering
from operations.gate.supervised_units import units_to_order
from queries.case.cases import CaseFile, case_file
from queries.case.prefill import prefilled
from reference import definitions, parameters

REQUIREMENT = "请按督办要求办结并书面反馈，督办不改变原到期日。"


@dataclass(frozen=True)
class OrderPage:
    """`why`: why nobody can be ordered now, in a sentence; `task`: the step of the diagram at which to do it instead,
    where it is this person's; `waiting`: what somebody still owes an answer to; `step`: what the diagram calls the
    form; `request` counts a double click once (P3).
    """

    file: CaseFile
    form: Form | None
    step: str
    lists: dict[str, list[Choice]]
    values: Mapping[str, Any]
    why: str
    task: Task | None
    waiting: list[ordering.Waiting]
    request: str


def order_page(case_id: int, by: Identity, unit: str = "") -> OrderPage:
    """`unit`: the code of whom the row of the desk waits for, chosen beforehand; else who handles it first.

    Raises NotFound when there is no such case or this person may not see it, NotAllowed in another county.
    """
    file = case_file(case_id, by)
    if ordering.ordering_post(file.case, by) is None:
        raise NotAllowed("只有本县的督查岗位可以出督办单。")
    why, task = ordering.why_not_ordered(file.case), ordering.step_of_diagram(file.case)
    mine = task if task and task.post in by.post_keys else None
    row = ordering.order_flow()
    if why or row is None:
        return OrderPage(file, None, "", {}, {}, why, mine, [], "")
    flow = definitions.definition(row.id)
    assert flow.first_task  # by which it was found
    units, waiting = units_to_order(file.case, by), ordering.orders_waiting(file.case)
    busy = {each.unit for each in waiting}
    likely = [code for code, _ in units if code == unit] if unit else [code for code, _ in units[:1]]
    first = next((code for code in likely if code not in busy), None)  # another is for a person to choose
    values = {ordering.UNIT: first, ordering.WORDS: REQUIREMENT, "order_days": parameters.in_force("order.days", 5)}
    return OrderPage(
        file=file,
        form=flow.first_form,
        step=flow.first_task.name,
        lists={"ordered_units": [Choice(code, name) for code, name in units]},
        values=prefilled(flow.first_form, by, now()) | values,
        why="" if units else "没有可以督办的单位：还没有别的单位办过这个事项，或者只有被举报的单位（C-09）。",
        task=None,
        waiting=waiting,
        request=uuid4().hex,
    )
