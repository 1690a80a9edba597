"""What was sent out of the house: to whom, when, by which channel, with what outcome (发送记录)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import literal_column, select

from config import ZONE
from engine.masking import REPORTER
from errors import NotFound
from gateways import CHANNELS, rehearsal
from models import Case, OutboxMessage, ProcessInstance, User, now, session
from models.outbox import FAILED, SENT, WAITING
from operations.gate.address_codes import PLACE
from operations.gate.outbox import ONLY_LOGGED
from queries.house.notifying import masked_address
from queries.pages import MAX_DIGITS, Page, page_of
from reference.privacy import listed
from reference.quiet import quiet_until

STATES = {WAITING: "待发", SENT: "已发出", FAILED: "没有发出"}
#: What was sent nowhere is called by what the log says of it.
NOWHERE = {ONLY_LOGGED: "仅登记", rehearsal.SAID: "演示"}
HIDDEN = "****"


@dataclass(frozen=True)
class DeliveryRow:
    """`outcome`: what the gateway said last. `case_id`: None of a digest. `when_next`: not before this it is sent."""

    id: int
    at: datetime
    to: str
    address: str
    channel: str
    text: str
    case_id: int | None
    case_no: str
    state: str
    state_name: str
    attempts: int
    outcome: str
    when_next: datetime | None
    sent_at: datetime | None


def deliveries(
    after: str | None = None, state: str = "", channel: str = "", number: str = "", limit: int = 50
) -> Page[DeliveryRow]:
    """Newest first; those in this state, by this channel, of the case with this number. Raises NotFound for another
    state or channel.
    """
    if (state and state not in STATES) or (channel and channel not in CHANNELS):
        raise NotFound
    found = _found().order_by(OutboxMessage.id.desc()).limit(limit + 1)
    if state:
        found = found.where(OutboxMessage.state == literal_column(f"'{state}'"))  # for the partial indexes
    if channel:
        found = found.where(OutboxMessage.channel == channel)
    if number:
        instance = select(ProcessInstance.id).join(ProcessInstance.case).where(Case.case_no == number)
        found = found.where(OutboxMessage.instance_id == instance.scalar_subquery())  # SQLite: not each message's case
    if after and after.isdecimal() and len(after) < MAX_DIGITS:
        found = found.where(OutboxMessage.id < int(after))
    page = page_of(session.execute(found).all(), limit, lambda row: str(row[0].id))
    moment = now()
    return Page([_row(message, case, name, moment) for message, case, name in page.rows], page.next)


def told(instance_id: int) -> list[DeliveryRow]:
    """What was sent to whoever brought this case, the oldest first."""
    mine = _found().where(OutboxMessage.instance_id == instance_id, OutboxMessage.user_id.is_(None))
    moment = now()
    rows = session.execute(mine.order_by(OutboxMessage.id))
    return [_row(message, case, name, moment) for message, case, name in rows]


def _found() -> Any:
    found: Any = select(OutboxMessage, Case, User.name).outerjoin(User, User.id == OutboxMessage.user_id)
    found = found.outerjoin(ProcessInstance, ProcessInstance.id == OutboxMessage.instance_id)
    return found.outerjoin(Case, Case.id == ProcessInstance.case_id)


def _row(message: OutboxMessage, case: Case | None, name: str | None, moment: datetime) -> DeliveryRow:
    return DeliveryRow(
        message.id,
        message.created_at.astimezone(ZONE),
        name or REPORTER,
        _masked(message, case),
        CHANNELS.get(message.channel, message.channel),
        _text(message, case),
        case.id if case else None,
        (case.case_no or "未编号") if case else "",
        message.state,
        NOWHERE.get(message.outcome, STATES[message.state]),
        message.attempts,
        message.outcome.removesuffix("，仅登记"),
        _when_next(message, moment),
        message.sent_at.astimezone(ZONE) if message.sent_at else None,
    )


def _masked(message: OutboxMessage, case: Case | None) -> str:
    """Of a reporter in confidence nothing (C-09)."""
    if message.user_id is None and case and case.confidential:
        return HIDDEN
    return masked_address(message.channel, message.recipient)


def _text(message: OutboxMessage, case: Case | None) -> str:
    """As lists show words of a case, and without a code: neither that of its page nor one that confirms an address."""
    text = str(message.body.get("text", ""))
    if case is None:
        return text.replace(PLACE, HIDDEN)
    if case.query_code:
        text = text.replace(case.query_code, HIDDEN)
    return listed(text, case)


def _when_next(message: OutboxMessage, moment: datetime) -> datetime | None:
    if message.state != WAITING:
        return None
    due = max(message.next_at, moment)
    quiet = None if message.urgent else quiet_until(due)
    return (quiet or message.next_at).astimezone(ZONE)
