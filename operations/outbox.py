"""Deliver what shall leave the building, after the commit that asked for it (P5)."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from models import Incident, OutboxMessage, now, session, transactional
from models.outbox import FAILED, SENT, WAITING

log = logging.getLogger(__name__)

#: What sends one message: (recipient, body, idempotency key) -> what the log shall say. Raises when it could not.
Gateway = Callable[[str, dict[str, Any], str], str]

LEASE = timedelta(minutes=2)  # longer than any gateway may take; then another worker may try
MAX_ATTEMPTS = 6
FIRST_WAIT = timedelta(seconds=30)  # doubled after each failure
BATCH = 50


def only_log(recipient: str, body: dict[str, Any], key: str) -> str:
    """The default gateway: nothing is connected, the outbox row is the record."""
    return "未接入网关，仅登记"


GATEWAYS: dict[str, Gateway] = {"sms": only_log, "email": only_log}


def deliver_waiting(gateways: dict[str, Gateway] = GATEWAYS) -> int:
    """Send what is waiting. Returns how many were sent."""
    return sum(_deliver(message_id, gateways) for message_id in claim_messages())


@transactional
def claim_messages() -> list[int]:
    """Lease some waiting messages to this worker; a worker that dies gives them back by doing nothing."""
    moment = now()
    waiting = select(OutboxMessage).where(OutboxMessage.state == WAITING, OutboxMessage.next_at <= moment)
    rows = session.scalars(waiting.order_by(OutboxMessage.next_at).limit(BATCH).with_for_update(skip_locked=True)).all()
    for row in rows:
        row.next_at = moment + LEASE
        row.attempts += 1
    return [row.id for row in rows]


def _deliver(message_id: int, gateways: dict[str, Gateway]) -> bool:
    message = session.get_one(OutboxMessage, message_id, populate_existing=True)
    channel, recipient, body, key = message.channel, message.recipient, message.body, message.idempotency_key
    session.rollback()  # no transaction stays open while we talk to the outside
    try:
        outcome = gateways[channel](recipient, body, key)
    except Exception as error:  # a gateway is somebody else's code: whatever it raises is one failed attempt
        log.warning("message %s was not delivered", message_id, exc_info=True)
        mark_failed(message_id, f"{type(error).__name__}: {error}")
        return False
    mark_sent(message_id, outcome)
    return True


@transactional
def mark_sent(message_id: int, outcome: str) -> None:
    row = session.get_one(OutboxMessage, message_id)
    row.state, row.outcome, row.sent_at = SENT, outcome, now()


@transactional
def mark_failed(message_id: int, why: str) -> None:
    """Try again later, twice as late each time; after the last attempt an operator hears of it."""
    row = session.get_one(OutboxMessage, message_id)
    row.outcome = why
    if row.attempts < MAX_ATTEMPTS:
        row.next_at = now() + FIRST_WAIT * 2 ** (row.attempts - 1)
        return
    row.state = FAILED
    session.add(
        Incident(
            instance_id=row.instance_id, kind="outbox", ref=str(row.id), element="",
            message=f"{row.channel} 消息发送{row.attempts}次仍未成功：{why}", at=now(),
        )
    )
