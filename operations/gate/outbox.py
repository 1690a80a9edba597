"""Deliver what shall leave the building, after the commit that asked for it (P5)."""

import logging
import re
import traceback
from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from engine.masking import mask
from errors import AlreadyChanged, AppError, DeliveryRefused, GatewayBusy, NoAnswer, NotAllowed, NotFound
from gateways import CHANNELS, Gateway, rehearsal
from models import Identity, Incident, OutboxMessage, PersonNotify, User, now, session, transactional
from models.outbox import FAILED, SENT, WAITING
from operations.gate.address_codes import asks_for_code, filled_in, where_to
from operations.gate.audit import note
from reference.quiet import quiet_until

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)  # longer than any gateway may take; then another worker may try
MAX_ATTEMPTS = 6
FIRST_WAIT = timedelta(seconds=30)  # doubled after each failure
BUSY = timedelta(minutes=1)  # robots of groups take so many messages a minute
BATCH = 50
INCIDENT = "outbox"
ONLY_LOGGED = "未接入网关，仅登记"


def only_log(recipient: str, body: Mapping[str, Any], key: str) -> str:
    """The default gateway: nothing is connected, the outbox row is the record."""
    return ONLY_LOGGED


_connected: dict[str, Gateway] = {}


def send_through(gateways: Mapping[str, Gateway]) -> None:
    """From now on, in this process: the gateways that this installation has, by channel."""
    _connected.clear()
    _connected.update(gateways)


def channels() -> list[str]:
    """The channels that lead out of the house, in the order of CHANNELS."""
    return [channel for channel in CHANNELS if channel in _connected]


def is_rehearsed(channel: str) -> bool:
    """Whether what goes by this channel is only shown, in a demonstration."""
    return _connected.get(channel) is rehearsal.send


def deliver_waiting(gateways: Mapping[str, Gateway] | None = None) -> int:
    """Send what is waiting, one after the other. A channel that is busy or gave no answer is left for this time: each
    message more would wait as long for the same. Returns how many were sent.
    """
    gateways = _connected if gateways is None else gateways
    left: set[str] = set()
    sent = 0
    for _ in range(BATCH):
        message_id = claim_message(left)
        if message_id is None:
            break
        sent += _deliver(message_id, gateways, left)
    return sent


@transactional
def claim_message(without: Collection[str] = ()) -> int | None:
    """Lease the next waiting message to this worker, urgent ones first, none of the channels `without`; a worker that
    dies gives it back by doing nothing. In the quiet hours only urgent ones are due.

    One at a time: no lease runs out while others are sent, and a message that takes its worker down takes no other.
    """
    moment = now()
    waiting = select(OutboxMessage).where(OutboxMessage.state == WAITING, OutboxMessage.next_at <= moment)
    waiting = waiting.where(OutboxMessage.channel.not_in(without))
    if quiet_until(moment):
        waiting = waiting.where(OutboxMessage.urgent)
    first = waiting.order_by(OutboxMessage.urgent.desc(), OutboxMessage.next_at, OutboxMessage.id).limit(1)
    first = first.with_for_update(skip_locked=True).execution_options(populate_existing=True)
    while row := session.scalar(first):
        if why := _aim(row):
            row.state, row.outcome = FAILED, why
        elif row.attempts >= MAX_ATTEMPTS:  # its last lease is over, and nobody lived to say why
            _give_up(row, "发送它的进程异常退出")
        else:
            row.next_at = moment + LEASE
            row.attempts += 1
            return row.id
    return None


def _aim(row: OutboxMessage) -> str:
    """Send it to where the colleague now has it sent; else why it goes to nobody, in words (S-04)."""
    if row.user_id is None:
        return ""
    user, person = session.get_one(User, row.user_id), session.get(PersonNotify, row.user_id)
    if user.disabled:
        return f"{user.name}已经停用，不再发给本人。"
    if asks_for_code(row.body):
        address, gone = where_to(row), "这个验证码已经过期或者换过，不再发。"
    else:
        address = person.addresses.get(row.channel, "") if person else ""
        gone = f"{user.name}已经不留{CHANNELS.get(row.channel, row.channel)}的地址，不再发给本人。"
    if not address:
        return gone
    row.recipient = address
    return ""


def _deliver(message_id: int, gateways: Mapping[str, Gateway], left: set[str]) -> bool:
    message = session.get_one(OutboxMessage, message_id, populate_existing=True)
    channel, recipient, body, key = message.channel, message.recipient, message.body, message.idempotency_key
    session.rollback()  # no transaction stays open while we talk to the outside
    try:
        outcome = gateways.get(channel, only_log)(recipient, filled_in(body), key)
    except AppError as error:
        if isinstance(error, GatewayBusy | NoAnswer):
            left.add(channel)
        if isinstance(error, GatewayBusy):
            put_off(message_id, _kept(str(error), recipient))
            return False
        mark_failed(message_id, _kept(str(error), recipient), for_good=isinstance(error, DeliveryRefused))
        return False
    except Exception as error:  # a gateway is somebody else's code: whatever it raises is one failed attempt
        why = _kept(f"{type(error).__name__}: {error}", recipient)
        where = "".join(traceback.format_tb(error.__traceback__))
        log.warning("message %s was not delivered: %s\n%s", message_id, why, where)
        mark_failed(message_id, why)
        return False
    mark_sent(message_id, outcome)
    return True


def _kept(words: str, recipient: str) -> str:
    """What a gateway said, as it is written down: it may repeat to whom, and other numbers (S-04)."""
    name = re.escape(recipient.partition("@")[0])
    return mask("", re.sub(rf"(?<!\w){name}(?!\w)(@[\w.-]*)?", "****", words, flags=re.IGNORECASE))


@transactional
def mark_sent(message_id: int, outcome: str) -> None:
    row = _locked(message_id)
    row.state, row.outcome, row.sent_at = SENT, outcome, now()


@transactional
def put_off(message_id: int, why: str) -> None:
    """A gateway that is busy has refused nothing: that was no attempt."""
    row = _locked(message_id)
    if row.state == WAITING:
        row.outcome, row.attempts, row.next_at = why, row.attempts - 1, now() + BUSY


@transactional
def mark_failed(message_id: int, why: str, *, for_good: bool = False) -> None:
    """Try again later, twice as late each time; after the last attempt, or where another one would get the same answer,
    an operator hears of it.
    """
    row = _locked(message_id)
    if row.state != WAITING:
        return  # meanwhile another worker has sent it or given it up
    row.outcome = why
    if row.attempts < MAX_ATTEMPTS and not for_good:
        row.next_at = now() + FIRST_WAIT * 2 ** (row.attempts - 1)
    else:
        _give_up(row, why)


@transactional
def send_again(message_id: int, *, by: Identity) -> None:
    """What could not be sent has its turn anew, with all attempts; to a colleague where they now have it sent.

    Raises NotAllowed, NotFound, AlreadyChanged, also where the colleague has gone or has taken the address away.
    """
    if not by.can("operate"):
        raise NotAllowed
    row = session.get(OutboxMessage, message_id, populate_existing=True, with_for_update=True)
    if row is None:
        raise NotFound
    if row.state != FAILED:
        raise AlreadyChanged("这条消息已经重新排上或者已经发出，请刷新后再看。")
    if why := _aim(row):
        raise AlreadyChanged(why)
    row.state, row.attempts, row.next_at = WAITING, 0, now()
    note("settings", f"重发第{row.id}条消息（{CHANNELS.get(row.channel, row.channel)}）", by)
    mine = (Incident.kind == INCIDENT) & (Incident.ref == str(row.id)) & Incident.resolved_at.is_(None)
    session.execute(update(Incident).where(mine, Incident.instance_id == row.instance_id).values(resolved_at=now()))


def _locked(message_id: int) -> OutboxMessage:
    return session.get_one(OutboxMessage, message_id, populate_existing=True, with_for_update=True)


def _give_up(row: OutboxMessage, why: str) -> None:
    row.state, row.outcome = FAILED, why
    if row.instance_id is None:
        return  # a digest: nobody's case waits for it
    session.add(
        Incident(
            instance_id=row.instance_id,
            kind=INCIDENT,
            ref=str(row.id),
            element="",
            message=f"{CHANNELS.get(row.channel, row.channel)}发送{row.attempts}次没有成功：{why}",
            at=now(),
        )
    )
