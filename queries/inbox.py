"""Tasks a person can do, soonest deadline first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, select, true, tuple_, union_all
from sqlalchemy.orm import InstrumentedAttribute

from errors import NotFound
from models import Case, Identity, Post, Task, Unit, User, session
from models.task import COMPLETED, OPEN
from operations.deadlines import NEVER
from queries.lights import Light, lights_at
from queries.pages import Page, page_of, read_mark
from reference.people import post_names


@dataclass(frozen=True)
class InboxRow:
    """`due_at` is None where the task has no deadline; `closed_at` is set in the box "done"."""

    task_id: str
    task_name: str
    case_id: int
    case_no: str
    title: str
    flow_name: str
    due_at: datetime | None
    light: str
    due_words: str
    assignee_name: str
    post_name: str
    claimed: bool
    closed_at: datetime | None


BOXES = ("mine", "unit", "done")
Mark = tuple[datetime, str]  # the last row of the page before
Ids = Select[*tuple[Any, ...]]  # of (task id, the time it is sorted by)


def inbox(by: Identity, box: str = "mine", after: str | None = None, limit: int = 50) -> Page[InboxRow]:
    """A page of one box: "mine" (claimed by me, or waiting for one of my posts), "unit" (everything open in my units,
    colleagues' tasks included), "done" (what I have completed, newest first). Raises NotFound for another box.
    """
    if box not in BOXES:
        raise NotFound
    mark = read_mark(after)
    if box == "mine":
        statement = _open(Task.inbox_key, [*by.post_keys, by.key], mark, limit)
    elif box == "unit":
        open_to_me = true() if by.can("clues") else ~Task.confidential  # XT-20
        statement = _open(Task.post, _posts_of_units(by), mark, limit, open_to_me)
    else:
        statement = _done(by, mark, limit)
    picked = session.execute(statement).all()
    page = page_of(picked, limit, lambda row: f"{row[1].isoformat()}|{row[0]}")
    return Page(_rows([row[0] for row in page.rows]), page.next)


def counts(by: Identity) -> dict[str, int]:
    """How many tasks of mine shine in each colour, and how many there are."""
    light = lights_at()
    mine = Task.inbox_key.in_([*by.post_keys, by.key])
    by_due = select(Task.due_at, func.count()).where(Task.state == OPEN, mine).group_by(Task.due_at)
    totals = {"all": 0, "red": 0, "yellow": 0, "blue": 0, "green": 0, "none": 0}
    for due, number in session.execute(by_due):
        totals[light(due).color] += number
        totals["all"] += number
    return totals


def _posts_of_units(by: Identity) -> Sequence[str]:
    return session.scalars(select(Post.key).join(Unit).where(Unit.code.in_(by.units))).all()


def _open(
    key: InstrumentedAttribute[str],
    values: Iterable[str],
    mark: Mark | None,
    limit: int,
    also: ColumnElement[bool] = true(),  # noqa: B008 -- an immutable piece of SQL
) -> Ids:
    """Each key is one index range; the union of their heads has the head of the whole (performance.md)."""
    heads = [_head((key == value) & also, mark, limit) for value in values] or [_head(false(), mark, limit)]
    whole = union_all(*heads).subquery()
    return select(whole.c.id, whole.c.due_at).order_by(whole.c.due_at, whole.c.id).limit(limit + 1)


def _head(of_key: ColumnElement[bool], mark: Mark | None, limit: int) -> Ids:
    head = select(Task.id, Task.due_at).where(Task.state == OPEN, of_key)
    if mark:
        head = head.where(tuple_(Task.due_at, Task.id) > mark)
    return select(head.order_by(Task.due_at, Task.id).limit(limit + 1).subquery())


def _done(by: Identity, mark: Mark | None, limit: int) -> Ids:
    done = select(Task.id, Task.closed_at).where(Task.state == COMPLETED, Task.done_by == by.id)
    if mark:
        done = done.where(tuple_(Task.closed_at, Task.id) < mark)
    return done.order_by(Task.closed_at.desc(), Task.id.desc()).limit(limit + 1)


def _rows(ids: Sequence[str]) -> list[InboxRow]:
    """The rows of one page, in the order of the ids."""
    light = lights_at()
    found = select(Task, Case, User.name).join(Case, Case.id == Task.case_id)
    found = found.outerjoin(User, User.id == Task.claimed_by).where(Task.id.in_(ids))
    rows = {task.id: (task, case, name) for task, case, name in session.execute(found)}
    posts = post_names(task.post for task, _, _ in rows.values())
    return [_row(*rows[task_id], posts, light(rows[task_id][0].due_at)) for task_id in ids]


def _row(task: Task, case: Case, assignee: str | None, posts: dict[str, str], light: Light) -> InboxRow:
    return InboxRow(
        task_id=task.id,
        task_name=task.name,
        case_id=case.id,
        case_no=case.case_no or "未编号",
        title=case.title,
        flow_name=case.flow_name,
        due_at=None if task.due_at >= NEVER else task.due_at,
        light=light.color,
        due_words=light.words,
        assignee_name=assignee or "",
        post_name=posts[task.post],
        claimed=task.is_claimed,
        closed_at=task.closed_at,
    )
