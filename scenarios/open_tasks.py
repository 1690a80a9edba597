"""The open tasks of the case a scenario is about, and what may be said on them."""

from typing import Any

from sqlalchemy import select

from models import SYSTEM, Identity, Task, session
from models.task import OPEN
from operations.gate.moves import open_case
from queries.case.facts import called
from queries.case.tasks import Action, may_see_task, task_page
from scenarios.failures import Unexpected, listed
from scenarios.features import Table
from scenarios.names import plain
from scenarios.people import post_name
from scenarios.values import form_values
from scenarios.world import World


def open_tasks(world: World) -> list[Task]:
    """In the order the flow made them, on every database the same: of several units' tasks the first unit's first."""
    mine = (Task.instance_id == world.instance().id) & (Task.state == OPEN)
    rows = {task.id: task for task in session.scalars(select(Task).where(mine))}
    waiting = open_case(world.instance().id, by=SYSTEM).execution.open_tasks() if len(rows) > 1 else []
    order = {task.id: place for place, task in enumerate(waiting)}
    return sorted(rows.values(), key=lambda task: order.get(task.id, 0))


def described(task: Task) -> str:
    return f"“{plain(called(task.name, task.item))}”（{post_name(task.post)}）"


def all_described(world: World) -> str:
    return listed(map(described, open_tasks(world)))


def has_name(task: Task, name: str) -> bool:
    """By its own name, or by that with which of several it is: 决定是否移送（拖着不办）."""
    return name == task.element or plain(name) in (plain(task.name), plain(called(task.name, task.item)))


def task_of(world: World, by: Identity, name: str) -> Task:
    """The open task of this name before this post, or else one before somebody else: that they are refused it is
    for the operation to say. Raises Unexpected when nobody has it.
    """
    found = [task for task in open_tasks(world) if has_name(task, name)]
    if not found:
        raise Unexpected(f"待办“{name}”", all_described(world))
    return next((task for task in found if task.post in by.post_keys), found[0])


def task_values(world: World, by: Identity, task: Task, table: Table) -> dict[str, Any]:
    """What this person's browser would send for the task. Somebody who may not even open it sends what is written."""
    form = world.definition().form_at(task.element)
    known = task_page(task.id, by).values if may_see_task(task, by) else {}
    return form_values(world, form, [task.name, task.element], table, known, by)


def action_of(world: World, by: Identity, name: str) -> tuple[Task, Action]:
    """The button of this name on a task of this post, and the task. Raises Unexpected with the buttons there are."""
    offered = [
        (task, action)
        for task in open_tasks(world)
        if task.post in by.post_keys
        for action in task_page(task.id, by).actions
    ]
    for task, action in offered:
        if plain(action.name) == plain(name):
            return task, action
    buttons = listed(f"“{plain(action.name)}”" for _, action in offered)
    raise Unexpected(
        f"{by.posts[0].unit_name}{by.posts[0].role_name}可以提出“{name}”",
        f"可以提出的有{buttons}；待办是 {all_described(world)}",
    )
