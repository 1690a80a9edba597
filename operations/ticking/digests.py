"""The digest: once a working day one message with what has come, is due today, is late."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from sqlalchemy import case, func, select

from config import ZONE
from errors import CalendarMissing
from gateways import ROBOTS
from models import Identity, Notice, OutboxMessage, PersonNotify, PostNotify, Task, User, now, session, transactional
from models.task import IS_OPEN
from operations.gate.each_alone import each_alone
from operations.gate.outbox import channels
from operations.people.notify_choices import DIGEST, KINDS, TASKS, kind_of, way
from reference.calendar import calendar
from reference.people import identity
from reference.quiet import digest_of, quiet_until


@dataclass(frozen=True)
class Digest:
    today: int = 0
    late: int = 0
    new: int = 0
    unread: int = 0

    @property
    def words(self) -> str:
        """逾期1件，今天到期2件，新到3件，未读通知4条; "" when there is nothing."""
        parts = (
            (f"逾期{self.late}件", self.late),
            (f"今天到期{self.today}件", self.today),
            (f"新到{self.new}件", self.new),
            (f"未读通知{self.unread}条", self.unread),
        )
        return "，".join(text for text, number in parts if number)


def send_digests() -> int:
    """Those of today that are due (a step of the ticker). Returns to how many people one went. None is put together in
    the quiet hours: what it says would be of yesterday when it is read.
    """
    if not channels():
        return 0
    moment = now()
    planned = digest_of(moment)
    if moment < planned or quiet_until(moment) or not _is_workday(planned):
        return 0
    due = select(PersonNotify.user_id).join(User).where(User.disabled.is_(False), PersonNotify.digested_at < planned)
    people = session.scalars(due.order_by(PersonNotify.user_id)).all()
    return each_alone(send_digest, [(user_id, planned) for user_id in people])


@transactional
def send_digest(user_id: int, planned: datetime) -> bool:
    """One person's, by each channel on which they want one; once however many clocks ask."""
    mine = select(PersonNotify).where(PersonNotify.user_id == user_id, PersonNotify.digested_at < planned)
    person = session.scalar(mine.with_for_update(skip_locked=True).execution_options(populate_existing=True))
    by = identity(user_id) if person else None
    if person is None or by is None:
        return False
    moment = now()
    since, person.digested_at = person.digested_at, moment
    found = select(PostNotify).where(PostNotify.post_key.in_(by.post_keys))
    chosen = {row.post_key: row.choices for row in session.scalars(found)}
    unread, messages = _unread(by), []
    for channel in (each for each in channels() if person.addresses.get(each)):
        wanted = {
            (post, kind)
            for post in by.post_keys
            for kind in KINDS
            if way(person.choices, chosen.get(post, {}), kind, channel) == DIGEST
        }
        tasks = _tasks(by, [post for post, kind in wanted if kind == TASKS], since, moment)
        number = sum(count for (post, kind), count in unread.items() if (post, kind_of(kind)) in wanted)
        if told := replace(tasks, unread=number).words:
            messages.append(_message(person, channel, told, planned, moment))
    session.add_all(messages)
    return bool(messages)


def _is_workday(moment: datetime) -> bool:
    try:
        return calendar().is_workday(moment.astimezone(ZONE).date())
    except CalendarMissing:
        return False


def _unread(by: Identity) -> dict[tuple[str, str], int]:
    """How many notices nobody at the post has read, by post and kind."""
    mine = select(Notice.post, Notice.kind, func.count()).where(Notice.post.in_(by.post_keys), Notice.read_at.is_(None))
    return {(post, kind): count for post, kind, count in session.execute(mine.group_by(Notice.post, Notice.kind))}


def _tasks(by: Identity, posts: Collection[str], since: datetime, moment: datetime) -> Digest:
    """Those that wait at these posts, and what this person has claimed of them."""
    if not posts:
        return Digest()
    tonight = datetime.combine(moment.astimezone(ZONE).date() + timedelta(days=1), time(), ZONE)
    which = (
        Task.due_at < moment,
        (Task.due_at >= moment) & (Task.due_at < tonight),
        Task.created_at > since,
    )
    mine = IS_OPEN & Task.inbox_key.in_([*posts, by.key]) & Task.post.in_(posts)
    numbers = [func.coalesce(func.sum(case((each, 1), else_=0)), 0) for each in which]
    late, today, new = session.execute(select(*numbers).where(mine)).one()
    return Digest(today=today, late=late, new=new)


def _message(person: PersonNotify, channel: str, told: str, planned: datetime, moment: datetime) -> OutboxMessage:
    """A whole group reads what a robot says: not how much somebody is behind with."""
    text = "今天有待办或通知等您处理" if channel in ROBOTS else told
    return OutboxMessage(
        user_id=person.user_id,
        channel=channel,
        recipient=person.addresses[channel],
        body={"subject": f"闭环：{planned:%m月%d日}待办", "text": f"{text}。请登录闭环查看。"},
        idempotency_key=f"digest:{planned:%Y%m%d}:{person.user_id}:{channel}",
        next_at=moment,
        created_at=moment,
    )
