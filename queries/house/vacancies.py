"""Posts that nobody holds, where work waits: nobody would ever find it in an inbox."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, exists, func, literal_column, select
from sqlalchemy.orm import aliased

from config import ZONE
from models import Case, Post, PostHolder, Task, User, session
from models.task import IS_OPEN, OPEN
from reference.people import post_names

#: That somebody holds a post who may sign in.
IS_HELD = exists().where(PostHolder.post_key == Post.key, User.id == PostHolder.user_id, User.disabled.is_(False))


@dataclass(frozen=True)
class Vacancy:
    """A post with work and nobody to do it. `case_id` and `case_no` are of the task that waits longest, but of no
    confidential one: who mends the organisation need not know which case it is (XT-20).
    """

    post: str
    name: str
    tasks: int
    since: datetime  # local
    case_id: int | None
    case_no: str


def vacant(posts: Collection[str]) -> frozenset[str]:
    """Those of these posts that nobody holds who may sign in."""
    return frozenset(session.scalars(select(Post.key).where(Post.key.in_(posts), ~IS_HELD)))


def vacancies() -> list[Vacancy]:
    """The post whose work waits longest comes first. As many statements for a hundred posts as for one."""
    first = aliased(Task)
    told = (first.state == literal_column(f"'{OPEN}'")) & (first.inbox_key == Task.post) & first.confidential.is_(False)
    oldest = select(first.case_id).where(told).order_by(first.created_at, first.id).limit(1)
    waiting = (
        select(
            Task.post,
            func.count().label("tasks"),
            func.min(Task.created_at).label("since"),
            oldest.correlate(Task).scalar_subquery().label("case_id"),
        )
        .join(Post, Post.key == Task.post)
        .where(IS_OPEN, Task.inbox_key == Task.post, ~IS_HELD)
        .group_by(Task.post)
        .subquery()
    )
    found = select(waiting, Case.case_no).outerjoin(Case, Case.id == waiting.c.case_id)
    rows = session.execute(found.order_by(waiting.c.since, waiting.c.post)).all()
    names = post_names(row.post for row in rows)
    return [_vacancy(row, names[row.post]) for row in rows]


def _vacancy(row: Row[Any], name: str) -> Vacancy:
    about = (row.case_id, row.case_no or "未编号") if row.case_id else (None, "")
    return Vacancy(row.post.removeprefix("post:"), name, row.tasks, row.since.astimezone(ZONE), *about)
