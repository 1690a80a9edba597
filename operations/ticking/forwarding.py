"""Notices of the house that also go out of it, to those at the post who want that. Placing the notice was delivery
(C-04): what goes out only says that it is there.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select, union

from gateways import ROBOTS
from models import (
    Case,
    Notice,
    OutboxMessage,
    PersonNotify,
    PostHolder,
    PostNotify,
    ProcessInstance,
    Substitution,
    User,
    now,
    session,
    transactional,
)
from models.case import URGENT
from models.notifying import Choices
from models.outbox import IS_FRESH
from operations.gate.outbox import channels
from operations.people.notify_choices import AT_ONCE, KINDS, kind_of, way

BATCH = 100
#: What is older stays inside: somebody who is only now connected is not flooded with it.
WITHIN = timedelta(days=1)


class Reader(NamedTuple):
    """Somebody at a post who has left an address."""

    person: PersonNotify
    post: Choices


@transactional
def forward_notices() -> int:
    """Put what is new and unread into the outbox (a step of the ticker). Returns how many messages that makes."""
    ways = channels()
    if not ways:
        return 0
    moment = now()
    fresh = (
        select(Notice, Case, ProcessInstance.id)
        .join(Case, Case.id == Notice.case_id)
        .join(ProcessInstance, ProcessInstance.case_id == Case.id)
        .where(IS_FRESH, Notice.at > moment - WITHIN)
        .order_by(Notice.at, Notice.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True, of=Notice)
    )
    rows = session.execute(fresh).all()
    readers = _readers({notice.post for notice, *_ in rows}, moment)
    messages: dict[str, OutboxMessage] = {}
    for notice, case, instance_id in rows:
        notice.forwarded = True
        if notice.read_at is not None:
            continue  # whoever holds the post knows
        for reader in readers[notice.post]:
            for message in _messages(notice, case, instance_id, reader, ways, moment):
                messages.setdefault(message.idempotency_key, message)
    session.add_all(messages.values())
    return len(messages)


def _readers(posts: Collection[str], moment: datetime) -> Mapping[str, list[Reader]]:
    """By post, whoever holds it or stands in there today."""
    held = select(PostHolder.post_key, PostHolder.user_id).where(PostHolder.post_key.in_(posts))
    stands_in = (Substitution.from_at <= moment) & (Substitution.to_at > moment) & Substitution.is_over.is_(False)
    instead = (
        select(Substitution.post_key, Substitution.user_id)
        .join(
            PostHolder,
            (PostHolder.post_key == Substitution.post_key) & (PostHolder.user_id == Substitution.holder_id),
        )
        .where(Substitution.post_key.in_(posts), stands_in)
    )
    there = union(held, instead).subquery()
    found = (
        select(there.c.post_key, PersonNotify, PostNotify.choices)
        .join(PersonNotify, PersonNotify.user_id == there.c.user_id)
        .join(User, (User.id == there.c.user_id) & User.disabled.is_(False))
        .outerjoin(PostNotify, PostNotify.post_key == there.c.post_key)
        .order_by(there.c.user_id)
    )
    readers: dict[str, list[Reader]] = defaultdict(list)
    for post, person, choices in session.execute(found):
        readers[post].append(Reader(person, choices or {}))
    return readers


def _messages(
    notice: Notice, case: Case, instance_id: int, reader: Reader, ways: Collection[str], moment: datetime
) -> list[OutboxMessage]:
    kind, person = kind_of(notice.kind), reader.person
    wanted = [each for each in ways if person.addresses.get(each)]
    return [
        OutboxMessage(
            instance_id=instance_id,
            user_id=person.user_id,
            channel=channel,
            recipient=person.addresses[channel],
            body={"subject": f"闭环：{_about(case, kind)}", "text": words(case, kind, channel)},
            urgent=case.mark == URGENT,
            idempotency_key=f"notice:{notice.id}:{person.user_id}:{channel}",
            next_at=moment,
            created_at=moment,
        )
        for channel in wanted
        if way(person.choices, reader.post, kind, channel) == AT_ONCE
    ]


def words(case: Case, kind: str, channel: str) -> str:
    """What is said outside: which kind of notice, and of which case by its number. Nothing of what is in it: a lost
    telephone, the server of a provider read it. Before a whole group not the number; of a confidential case neither.
    """
    about = _about(case, kind)
    number = (
        "" if case.confidential or channel in ROBOTS or not case.case_no else f"（{case.flow_name} {case.case_no}）"
    )
    return f"您有新的{about}{number}，请登录闭环查看。"


def _about(case: Case, kind: str) -> str:
    return "通知" if case.confidential else KINDS[kind]
