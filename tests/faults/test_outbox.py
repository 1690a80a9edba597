"""P5: nothing outside is called inside a transaction; what was not delivered is tried again, later each time."""

import signal
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from errors import DeliveryRefused, NotDelivered
from models import Incident, OutboxMessage, now, session, virtual_clock
from models.outbox import FAILED, SENT, WAITING
from operations.acts.tasks import complete_task
from operations.gate.outbox import FIRST_WAIT, LEASE, MAX_ATTEMPTS, claim_message, deliver_waiting
from operations.house.incidents import retry_incident
from tests.faults import ledger
from tests.faults.conftest import CASES
from tests.faults.flow import HANDLER, turn_clock
from tests.faults.invariants import violations
from tests.faults.test_killed_workers import LATE
from tests.faults.worker import Shift, run
from tests.people import admin, holder_of


@pytest.fixture
def clock(county):
    with virtual_clock(now()) as clock:
        yield clock


@pytest.fixture
def message(open_tasks, clock):
    """A message that waits, read anew each time."""
    complete_task(open_tasks[0], {}, by=holder_of(HANDLER))
    return lambda: session.scalars(select(OutboxMessage).execution_options(populate_existing=True)).one()


def out_of_order(recipient, body, key):
    raise ConnectionError("网关没有应答")


def test_no_transaction_is_open_while_a_gateway_works(message):
    open_ones = []

    def look(recipient, body, key):
        open_ones.append(session().in_transaction())
        return "已送达"

    assert deliver_waiting({"sms": look}) == 1
    assert open_ones == [False]
    assert message().state == SENT


def test_a_message_that_fails_waits_twice_as_long_each_time(message, clock):
    waits = []
    for _ in range(MAX_ATTEMPTS - 1):
        assert deliver_waiting({"sms": out_of_order}) == 0
        waits.append(message().next_at - clock.now)
        clock.now = message().next_at
    assert waits == [FIRST_WAIT * 2**n for n in range(MAX_ATTEMPTS - 1)]
    assert (message().state, message().outcome) == (WAITING, "ConnectionError: 网关没有应答")


def test_after_the_last_attempt_an_operator_is_told_and_can_send_it_again(message, clock):
    for _ in range(MAX_ATTEMPTS):
        deliver_waiting({"sms": out_of_order})
        clock.now += timedelta(hours=1)
    assert message().state == FAILED
    incident = session.scalars(select(Incident)).one()
    assert incident.message == f"短信发送{MAX_ATTEMPTS}次没有成功：ConnectionError: 网关没有应答"
    retry_incident(incident.id, by=admin())
    assert deliver_waiting() == 1
    assert (message().state, incident.resolved_at) == (SENT, clock.now)


def test_what_a_gateway_will_never_take_is_not_tried_again_and_an_operator_is_told(message, clock):
    def refuse(recipient, body, key):
        raise DeliveryRefused(f"短信网关拒收（HTTP 403）：{recipient} 不在白名单。")

    assert deliver_waiting({"sms": refuse}) == 0
    assert (message().state, message().attempts) == (FAILED, 1)
    [told] = session.scalars(select(Incident.message))
    assert told == "短信发送1次没有成功：短信网关拒收（HTTP 403）：**** 不在白名单。"  # S-04


def test_no_address_that_a_gateway_repeats_is_kept(message, clock, caplog):  # S-04
    message().recipient = "Zhang.San@county.example"
    session.commit()

    def repeat(recipient, body, key):
        raise (NotDelivered if message().attempts == 1 else ValueError)(f"<{recipient.lower()}>: user unknown")

    for _ in range(2):
        deliver_waiting({"sms": repeat})
        clock.now += timedelta(hours=1)
        assert "<****>: user unknown" in message().outcome
    assert "****>: user unknown" in caplog.text
    assert "zhang.san" not in caplog.text


def test_a_message_that_kills_its_workers_is_given_up_as_well(message, clock):
    for _ in range(MAX_ATTEMPTS):
        assert claim_message() == message().id  # and the worker is gone
        clock.now += LEASE
    assert claim_message() is None
    assert message().state == FAILED
    assert "进程异常退出" in session.scalars(select(Incident.message)).one()


def test_what_another_worker_has_sent_is_not_sent_again_nor_called_failed(message, clock):
    slow = []

    def slower_than_its_lease(recipient, body, key):
        clock.now += LEASE
        assert deliver_waiting() == 1  # another worker
        slow.append(key)
        raise ConnectionError("太晚了")

    assert deliver_waiting({"sms": slower_than_its_lease}) == 0
    assert (message().state, message().outcome) == (SENT, "未接入网关，仅登记")
    assert len(slow) == 1


def test_another_worker_delivers_what_a_dead_one_had_taken_when_the_lease_is_over(url, county, sent):
    turn_clock(LATE)
    shift = Shift(url, sent)
    assert run(replace(shift, die=("outbox_claimed", 1))) == -signal.SIGKILL
    assert run(shift) == 0
    assert len(ledger.keys(sent)) == CASES - 1  # it had taken one alone
    turn_clock(int(LEASE.total_seconds()))
    assert run(shift) == 0
    assert len(set(ledger.keys(sent))) == len(ledger.keys(sent)) == CASES
    assert violations(sent, cases=CASES) == []


def test_a_message_sent_again_after_a_crash_carries_the_same_key(url, county, sent):
    turn_clock(LATE)
    shift = Shift(url, sent)
    assert run(replace(shift, die=("effect_done", 3))) == -signal.SIGKILL
    turn_clock(int(LEASE.total_seconds()))
    assert run(shift) == 0
    assert len(ledger.keys(sent)) == CASES + 1  # the third was given out twice
    assert len(set(ledger.keys(sent))) == CASES
    assert session.scalar(select(func.count()).where(OutboxMessage.state == SENT)) == CASES
