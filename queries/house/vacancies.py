"""Posts that nobody holds, where work waits: nobody would ever find it in an inbox."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select

from config import ZONE
from models import Case, Post, PostHolder, Task, User, session
from models.task import IS_OPEN
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
    """The post whose work waits longest comes first."""
    waiting = (
        select(Task.post, func.count().label("tasks"), func.min(Task.created_at).label("since"))
        .join(Post, Post.key == Task.post)
        .where(IS_OPEN, Task.inbox_key == Task.post, ~IS_HELD)
        .group_by(Task.post)
        .order_by(func.min(Task.created_at), Task.post)
    )
    rows = session.execute(waiting).all()
    names = post_names(row.post for row in rows)
    return [_vacancy(row.post, names[row.post], row.tasks, row.since) for row in rows]


def _vacancy(post: str, name: str, tasks: int, since: datetime) -> Vacancy:
    told = IS_OPEN & (Task.inbox_key == post) & Task.confidential.is_(False)
    oldest = select(Case).join(Task, Task.case_id == Case.id).where(told).order_by(Task.created_at, Task.id)
    case = session.scalar(oldest.limit(1))
    about = (case.id, case.case_no or "未编号") if case else (None, "")
    return Vacancy(post.removeprefix("post:"), name, tasks, since.astimezone(ZONE), *about)
