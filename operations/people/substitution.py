"""Somebody stands in for the holder of a post for a time (代理); docs/decisions/substitution.md.

Who they then are is read by reference.people.identity(); what they have claimed goes back when the time is over.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select

from config import ZONE
from engine.forms import Choice, Field, Form, clean
from errors import InvalidForm, NotAllowed, NotFound
from models import (
    SYSTEM,
    Identity,
    Post,
    PostHolder,
    Substitution,
    Task,
    Unit,
    User,
    now,
    session,
    transactional,
    unit_of,
)
from operations.people.giving_back import give_back_all
from operations.people.organisation_log import note_change
from operations.people.people_named import WHO, person_named
from operations.people.separation import why_no_post
from reference.counties import county_of
from reference.people import permissions_of, post_name

FROM_TODAY = {"notBefore": "today"}
FORM = Form(
    "substitution",
    "安排代理",
    (
        Field("holder", "select", "代谁", required=True, choices_key="holders"),
        Field("person", "textfield", "由谁代理", WHO, required=True, max_length=60),
        Field("since", "datetime", "从", required=True, subtype="date", properties=FROM_TODAY),
        Field("until", "datetime", "到（含这一天）", required=True, subtype="date", properties=FROM_TODAY),
    ),
    {},
)
OVER = "代理结束，任务放回岗位"


@transactional
def set_substitution(post: str, values: Mapping[str, Any], *, by: Identity) -> Substitution:
    """Let `values["person"]` stand in at the post `unit:role` for `values["holder"]`, from the day `since` to the end
    of the day `until`.

    Raises NotAllowed, NotFound, InvalidForm: for who is disabled, the same person, who holds the post, who is away
    themselves, for a time in which the holder has a substitute, for another county, and for a post with the clues
    when the person has posts elsewhere (XT-20).
    """
    _require_keeper(by)
    row = session.get(Post, f"post:{post}")
    if row is None:
        raise NotFound
    at = now()
    given = clean(FORM, values, {"holders": holders_of(row.key)}, now=at)
    user = person_named(given["person"], "person")
    # Of two who set one for the same people at once the second sees what the first has set.
    both = select(User).where(User.id.in_((user.id, int(given["holder"])))).with_for_update()
    people = session.scalars(both.execution_options(populate_existing=True))
    holder = {each.id: each for each in people}[int(given["holder"])]
    if why := _why_not(user, holder, row):
        raise InvalidForm({"person": why})
    since, until = _period(given)
    _require_free(user, holder, row, since, until)
    made = Substitution(post_key=row.key, holder_id=holder.id, user_id=user.id, from_at=since, to_at=until)
    session.add(made)
    session.flush()
    _tell(made, f"{told(made)}，{period(since, until)}", by)
    return made


@transactional
def end_substitution(substitution_id: int, *, by: Identity) -> Substitution:
    """End it now, or call it off before it begins. Raises NotAllowed, NotFound."""
    _require_keeper(by)
    row = session.get(Substitution, substitution_id, with_for_update=True, populate_existing=True)
    if row is None or row.is_over:
        raise NotFound
    _end(row, by, "提前结束")
    return row


def end_substitutions_of(holder: User, post: Post, by: Identity) -> None:
    """The holder gives the post up: nobody stands in for them there any more. The caller commits."""
    theirs = (Substitution.holder_id == holder.id) & (Substitution.post_key == post.key) & ~Substitution.is_over
    for row in session.scalars(select(Substitution).where(theirs).with_for_update()):
        _end(row, by, f"{holder.name}不再担任这个岗位，结束")


def end_past_substitutions() -> int:
    """What was claimed in those whose time is over goes back before its post. Returns how many ended."""
    past = select(Substitution.id).where(~Substitution.is_over, Substitution.to_at <= now())
    ids = session.scalars(past.order_by(Substitution.id)).all()
    session.rollback()
    return sum(_end_past(id_) for id_ in ids)


@transactional
def _end_past(substitution_id: int) -> bool:
    """Each by itself: another node may be at it."""
    row = session.get(Substitution, substitution_id, with_for_update={"skip_locked": True}, populate_existing=True)
    if row is None or row.is_over:
        return False
    _end(row, SYSTEM, "到期")
    return True


def _end(row: Substitution, by: Identity, how: str) -> None:
    row.is_over, row.to_at = True, min(row.to_at, max(now(), row.from_at))
    user = session.get_one(User, row.user_id)
    session.flush()
    tasks = 0
    if row.post_key not in {post.key for post in user.posts}:  # given the post itself meanwhile: they go on
        tasks = give_back_all(user, by, Task.post == row.post_key, why=OVER)
    _tell(row, f"{told(row)}，{how}" + (f"，已认领的{tasks}件放回岗位" if tasks else ""), by)


def told(row: Substitution) -> str:
    """李四代张三任县自然资源局联络员"""
    user, holder = (session.get_one(User, id_) for id_ in (row.user_id, row.holder_id))
    return f"{user.name}代{holder.name}任{post_name(row.post_key)}"


def period(since: datetime, until: datetime) -> str:
    """2026-03-12 至 2026-03-20, of moments: the last day is the one that ends there."""
    last = (until - timedelta(microseconds=1)).astimezone(ZONE)
    return f"{since.astimezone(ZONE):%Y-%m-%d} 至 {last:%Y-%m-%d}"


def holders_of(post: str) -> list[Choice]:
    """Who holds a post, disabled ones too: somebody away for long may not sign in."""
    held = select(User.id, User.name, User.username).join(PostHolder, PostHolder.user_id == User.id)
    rows = session.execute(held.where(PostHolder.post_key == post).order_by(User.username))
    return [Choice(str(row.id), f"{row.name}（{row.username}）") for row in rows]


def _why_not(user: User, holder: User, post: Post) -> str:
    """Why this person cannot stand in, in a sentence; "" when they can."""
    own = {each.key for each in user.posts}
    if user.id == holder.id:
        return f"{user.name}就是本人，不能代理自己。"
    if why := why_no_post(user.administrator, [post.key]):
        return why
    if post.key in own:
        return f"{user.name}自己就担任{post_name(post.key)}，不用代理。"
    units = {unit_of(key) for key in own}
    elsewhere = Unit.code.in_(units) & Unit.code.not_in(county_of([post.unit.code]))
    if session.scalar(select(Unit.id).where(elsewhere).limit(1)) is not None:
        return f"{user.name}担任别的县的岗位，不能代理本县的。"
    if "clues" in permissions_of(post.unit.code, post.role) and units - {post.unit.code}:  # XT-20
        return f"{post_name(post.key)}看得到问责线索，只能由没有其他单位岗位的人代理（XT-20）。"
    return ""


def _period(given: Mapping[str, Any]) -> tuple[datetime, datetime]:
    first, last = date.fromisoformat(given["since"]), date.fromisoformat(given["until"])
    if last < first:
        raise InvalidForm({"until": f"结束的日期不能早于开始的日期（{first}）。"})
    return datetime.combine(first, time(), ZONE), datetime.combine(last + timedelta(days=1), time(), ZONE)


def _require_free(user: User, holder: User, post: Post, since: datetime, until: datetime) -> None:
    """One substitute for a holder at a time, each at a post once, and nobody who is away: a chain of substitutes would
    leave a record that nobody can read.
    """
    here = Substitution.post_key == post.key
    meanwhile = ~Substitution.is_over & (Substitution.from_at < until) & (Substitution.to_at > since)
    for which, field, words in (
        (here & (Substitution.holder_id == holder.id), "since", "这段时间已有人代理"),
        (here & (Substitution.user_id == user.id), "person", f"{user.name}这段时间已在这个岗位代理别人"),
        (Substitution.holder_id == user.id, "person", f"{user.name}这段时间自己由别人代理"),
        (Substitution.user_id == holder.id, "holder", f"{holder.name}这段时间在代理别人，请先结束那一项"),
    ):
        if row := _first(which & meanwhile):
            raise InvalidForm({field: f"{words}：{told(row)}，{period(row.from_at, row.to_at)}。"})


def _first(which: ColumnElement[bool]) -> Substitution | None:
    return session.scalars(select(Substitution).where(which).order_by(Substitution.from_at).limit(1)).first()


def _tell(row: Substitution, what: str, by: Identity) -> None:
    """On the page of each of the two, and of the unit."""
    user, holder, post = (
        session.get_one(User, row.user_id),
        session.get_one(User, row.holder_id),
        session.get_one(Post, row.post_key),
    )
    note_change(what, by, unit=post.unit, user=user, also=holder)


def _require_keeper(by: Identity) -> None:
    if not by.can("accounts"):
        raise NotAllowed("只有安全管理员可以安排代理。")
