"""Tasks a person can do, soonest deadline first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    Subquery,
    bindparam,
    false,
    literal_column,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute

from errors import NotFound
from models import Case, Identity, Post, Task, Unit, User, session
from models.db import UTCDateTime
from models.task import ASKED, COMPLETED, HELD, IS_OPEN, LATER, UNASKED
from operations.gate.deadlines import NEVER
from queries.boxes.narrowing import TESTS, Filter
from queries.boxes.narrowing import asked as narrowed_by
from queries.case.facts import called
from queries.case.stops import is_stopped, stops
from queries.lights import Light, Lights, lights_at
from queries.pages import Page, page_of, read_mark
from reference.privacy import listed


@dataclass(frozen=True)
class InboxRow:
    """`due_at` is None where the task has no deadline, `due_name` says which it is where that is not the task's own;
    `closed_at` is set in the box "done".
    """

    task_id: str
    task_name: str
    item: str  # which of several alike (itemLabel); mostly ""
    case_id: int
    case_no: str
    title: str
    mark: str  # 紧急; mostly ""
    flow_name: str
    due_at: datetime | None
    light: str
    due_words: str
    due_name: str
    assignee_name: str
    post_name: str
    claimed: bool
    closed_at: datetime | None
    asked: str  # whose answer it waits for (加签), in words; mostly ""
    stopped: str  # what a fault has done to its case, in a sentence; mostly ""


EVERYTHING = Filter()
#: What its row says of an open task about which colleagues are asked.
ASKED_WORDS = {UNASKED: "", LATER: "", ASKED: "等同事答复", HELD: "已提交，等答复"}
#: Of tasks; queries/ copied.py, signs.py, started.py and drafts.py have boxes of their own.
BOXES = ("mine", "unit", "done")


def inbox(
    by: Identity,
    box: str = "mine",
    after: str | None = None,
    limit: int = 50,
    *,
    only: Filter = EVERYTHING,
    light: Lights | None = None,
) -> Page[InboxRow]:
    """A page of one box: "mine" (claimed by me, or waiting for one of my posts), "unit" (everything open in my units,
    colleagues' tasks included), "done" (what I have completed, newest first), of the first two `only` some.
    Raises NotFound for another box or filter.
    """
    only.check()
    if box not in BOXES:
        raise NotFound
    light, mark = light or lights_at(), read_mark(after)
    asked: dict[str, Any] = {"after": mark[0], "after_id": mark[1]} if mark else {}
    if box == "done":
        statement, asked = _done(limit + 1, mark is not None), asked | {"me": by.id}
    else:
        statement, asked = _statement(box, by, limit + 1, asked, narrowed_by(only, light, by))
    rows = session.connection().execute(statement, asked).all()
    page = page_of(rows, limit, lambda row: f"{row.sorted_by.isoformat()}|{row.id}")
    stopped = stops({row.case_id for row in page.rows if row.stopped}, by)
    return Page([_row(row, light(row.due_at), stopped.get(row.case_id, "")) for row in page.rows], page.next)


def names_of(task_ids: Iterable[str], by: Identity) -> dict[str, str]:
    """By id what a task of this person's posts is called, with which of several it is and the title of its case."""
    mine = Task.id.in_(task_ids) & Task.post.in_(by.post_keys)
    words = Task.name, Task.item, Case.title
    found = select(Task.id, *words, Case.reporter, Case.confidential).join(Case, Case.id == Task.case_id)
    rows = session.execute(found.where(mine))
    return {row.id: f"{called(row.name, listed(row.item, row))}：{listed(row.title, row)}" for row in rows}


def _statement(
    box: str, by: Identity, rows: int, asked: dict[str, Any], narrowed: dict[str, dict[str, Any]]
) -> tuple[Select[Any], dict[str, Any]]:
    """The statement for a box of open tasks, and its values. `asked`: the mark, or nothing on the first page."""
    mine, tests = box == "mine", ["marked"] if asked else []
    if not mine and not by.can("clues"):  # XT-20
        tests.append("no_clues")
    keys = [*by.post_keys, by.key] if mine else _posts_of_units(by)
    for values in narrowed.values():
        asked = asked | values
    statement = _open(Task.inbox_key if mine else Task.post, len(keys), rows, (*tests, *narrowed))
    return statement, asked | {f"key_{number}": key for number, key in enumerate(keys)}


def _posts_of_units(by: Identity) -> Sequence[str]:
    return session.scalars(select(Post.key).join(Unit).where(Unit.code.in_(by.units))).all()


@cache
def _open(key: InstrumentedAttribute[str], number: int, rows: int, tests: tuple[str, ...]) -> Select[Any]:
    """Each of so many keys is one index range; the union of their heads has the head of the whole (performance.md).

    How many rows is written out: a planner that does not know reads whole tables.
    """
    heads = [_head(key == bindparam(f"key_{n}"), rows, tests) for n in range(number)]
    whole = union_all(*(heads or [_head(false(), rows, tests)])).subquery()
    picked = (
        select(whole.c.id, whole.c.sorted_by).order_by(whole.c.sorted_by, whole.c.id).limit(literal_column(f"{rows:d}"))
    )
    return _with_names(picked.subquery(), descending=False)


def _head(of_key: ColumnElement[bool], rows: int, tests: tuple[str, ...]) -> Select[Any]:
    head = select(Task.id, Task.due_at.label("sorted_by")).where(IS_OPEN, of_key, *(_TESTS[test] for test in tests))
    return select(head.order_by(Task.due_at, Task.id).limit(literal_column(f"{rows:d}")).subquery())


@cache
def _done(rows: int, marked: bool) -> Select[Any]:
    done = select(Task.id, Task.closed_at.label("sorted_by")).where(
        Task.state == COMPLETED, Task.done_by == bindparam("me")
    )
    if marked:
        done = done.where(tuple_(Task.closed_at, Task.id) < _mark)
    picked = done.order_by(Task.closed_at.desc(), Task.id.desc()).limit(literal_column(f"{rows:d}"))
    return _with_names(picked.subquery(), descending=True)


_mark = tuple_(bindparam("after", type_=UTCDateTime()), bindparam("after_id"))
#: What a row of a box of open tasks is asked besides.
_TESTS = {"marked": tuple_(Task.due_at, Task.id) > _mark, "no_clues": ~Task.confidential, **TESTS}


def _with_names(picked: Subquery, *, descending: bool) -> Select[Any]:
    """The rows of one page as a screen shows them: one statement, and no objects."""
    order = picked.c.sorted_by, picked.c.id
    return (
        select(
            *(
                Task.id,
                Task.name,
                Task.item,
                Task.due_at,
                Task.due_name,
                Task.closed_at,
                Task.post,
                Task.inbox_key,
                Task.case_id,
            ),
            *(Case.case_no, Case.title, Case.reporter, Case.confidential, Case.flow_name, picked.c.sorted_by),
            *(User.name.label("assignee"), Unit.name.label("unit_name"), Post.role_name, Case.mark, Task.asked),
            (false() if descending else is_stopped(Task.instance_id)).label("stopped"),
        )
        .join_from(picked, Task, Task.id == picked.c.id)
        .join(Case, Case.id == Task.case_id)
        .outerjoin(User, User.id == Task.claimed_by)
        .outerjoin(Post, Post.key == Task.post)
        .outerjoin(Unit, Unit.id == Post.unit_id)
        .order_by(*(column.desc() if descending else column for column in order))
    )


def _row(row: Row[Any], light: Light, stopped: str) -> InboxRow:
    return InboxRow(
        task_id=row.id,
        task_name=row.name,
        item=listed(row.item, row),
        case_id=row.case_id,
        case_no=row.case_no or "未编号",
        title=listed(row.title, row),
        mark=row.mark,
        flow_name=row.flow_name,
        due_at=None if row.due_at >= NEVER else row.due_at,
        light=light.color,
        due_words=light.words,
        due_name=row.due_name,
        assignee_name=row.assignee or "",
        post_name=f"{row.unit_name}{row.role_name}" if row.unit_name else row.post,
        claimed=row.inbox_key != row.post,
        closed_at=row.closed_at,
        asked=ASKED_WORDS[row.asked],
        stopped=stopped,
    )
