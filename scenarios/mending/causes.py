"""Why a scenario failed, as far as others may have failed for the same reason: the inside of a trial."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from models import Post, Task, session
from models.task import OPEN
from queries.case.facts import called
from scenarios.features import Scenario, Step
from scenarios.names import plain
from scenarios.people import full_name, short_name
from scenarios.refusals import REFUSED
from scenarios.vocabulary import split_moment
from scenarios.world import World

#: What is about one step of the flow alone: somebody does it, or its form is usually filled in so.
ABOUT_ONE = (re.compile(r".+完成“(.+)”[:：]?"), re.compile(r"“(.+)”通常这样填[:：]?"))


@dataclass
class Appearances:
    """With which step each task of the case that the step was about came; told after each (World.after_each)."""

    places: dict[str, int] = field(default_factory=dict)

    def note(self, world: World) -> None:
        mine = (Task.state == OPEN) & (Task.instance_id == world.instance_id)
        for id_ in session.scalars(select(Task.id).where(mine)):
            self.places.setdefault(id_, world.place)


def cause_of(scenario: Scenario, world: World, seen: Appearances) -> dict[str, Any]:
    """What is known of it besides the words, of a scenario that failed at `world.place`.

    "standing": open tasks that neither this step nor a later one speaks of, each {"element", "name", "called" and "who"
    as a step says it, "form", "after": [path, line] of the step that it came with, null when it came with this one}.
    "about": the step of the flow that this one is about, "" of most; "gone": whether that is drawn no more.
    """
    name = _about(scenario.steps[world.place])
    standing = list(_standing(scenario, world, seen))
    return {"standing": standing, "about": name, "gone": bool(name) and plain(name) not in world.drawn}


def _standing(scenario: Scenario, world: World, seen: Appearances) -> Iterator[dict[str, Any]]:
    told = "\n".join(plain(step.text) for step in scenario.steps[world.place :])
    session.rollback()
    tasks = session.scalars(select(Task).where(Task.state == OPEN).order_by(Task.created_at, Task.id)).all()
    for task in tasks:
        if task.id in seen.places and not _tells_of(task, told):
            yield {
                "element": task.element,
                "name": plain(task.name),
                "called": plain(called(task.name, task.item)),
                "who": _who(task.post),
                "form": task.form,
                "after": _after(scenario, seen.places[task.id], world.place),
            }


def _tells_of(task: Task, told: str) -> bool:
    """By its name, alone or with which of several it is, or by its id, as on a path."""
    return re.search(rf"“{re.escape(plain(task.name))}[”（]|(?<!\w){re.escape(task.element)}(?!\w)", told) is not None


def _after(scenario: Scenario, came: int, failed: int) -> list[Any] | None:
    """Nothing comes between a step and that it is refused."""
    if came == failed:
        return None
    if came + 1 < failed and scenario.steps[came + 1].text.startswith(REFUSED):
        came += 1
    step = scenario.steps[came]
    return [step.path, step.line]


def _who(key: str) -> str:
    posts = {post.key: post for post in session.scalars(select(Post))}
    short = Counter(map(short_name, posts.values()))
    if (post := posts.get(key)) is None:
        return key
    return short_name(post) if short[short_name(post)] == 1 else full_name(post)


def _about(step: Step) -> str:
    """The name of the step of the flow."""
    _, text = split_moment(step.text)
    return next((found[1] for each in ABOUT_ONE if (found := each.fullmatch(text))), "")
