"""Who is told of what outside the house, when: choices of the person and the post, quiet hours, the digest."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from config import ZONE
from errors import AlreadyChanged, GatewayBusy, InvalidForm, NoAnswer, NotAllowed
from models import OutboxMessage, User, session
from operations.acts.notices import mark_notices_read
from operations.acts.urging import urge_case
from operations.gate.outbox import LEASE, MAX_ATTEMPTS, deliver_waiting, send_again, send_through
from operations.people.notifying import notify_of, save_addresses, save_own, save_post
from operations.ticking.clock import tick
from tests.codes import confirm_all
from tests.operations.test_substitution import now_as, stand_in
from tests.people import admin, another_holder_of, holder_of

LIAISON, OFFICE = "natural_resources:liaison", "task_force:dispatcher"
PHONE = "10000000001"
#: What asks nothing of a database that the others do not.
once = pytest.mark.parametrize("template", ["sqlite"], indirect=True)
AT_ONCE = "您有新的催办、督办（small XT20260001），请登录闭环查看。"


@pytest.fixture
def sent():
    """What left the house, by the channels that this one has: (channel, address, text)."""
    outside = []

    def gateway(channel):
        def send(recipient, body, key):
            outside.append((channel, recipient, body["text"]))
            return "已收下"

        return send

    send_through({channel: gateway(channel) for channel in ("sms", "wecom")})
    yield outside
    send_through({})


@pytest.fixture
def case(start):
    """A case that waits for the liaison of a bureau, and is urged."""
    story = start()
    story.case.case_no, story.case.title = "XT20260001", "李四举报噪声"
    session.commit()
    return story


@pytest.fixture
def liaison(case, sent):
    return leave(holder_of(LIAISON))


def leave(somebody, **choices):
    save_own({"address_sms": PHONE, **choices}, by=somebody)
    confirm_all(somebody)
    return somebody


@pytest.fixture
def urge(case, sent):
    """催办 by the office, and what has left the house when the ticker has been round."""

    def urged():
        urge_case(case.case.id, {"words": "群众又来电"}, by=holder_of(OFFICE))
        tick()
        return [text for _, _, text in sent]

    return urged


def test_a_colleague_who_left_a_number_is_told_at_once_and_of_nothing_that_is_in_the_case(liaison, urge, sent):  # S-04
    assert urge() == [AT_ONCE]
    assert sent[0][:2] == ("sms", PHONE)
    tick()
    assert len(sent) == 1


@once
def test_nobody_is_told_who_left_no_address_or_may_not_sign_in(case, urge, liaison):
    save_own({"address_sms": ""}, by=liaison)
    colleague = leave(another_holder_of(LIAISON))
    session.get_one(User, colleague.id).disabled = True
    session.commit()
    assert urge() == []


def test_whoever_stands_in_is_told_while_they_do(case, urge, sent):  # 代理
    stand_in(until="2026-03-12")
    leave(now_as("shuiwu"))
    assert urge() == [AT_ONCE]


def test_the_person_decides_before_the_post_and_the_post_before_the_house(liaison, urge, clock):
    save_post(f"post:{LIAISON}", {"urge_sms": "never"}, by=admin())
    assert urge() == []
    save_own({"address_sms": PHONE, "urge_sms": "at_once"}, by=liaison)
    clock.now = datetime(2026, 3, 13, 9, tzinfo=ZONE)
    assert AT_ONCE in urge()


@once
def test_what_was_read_in_the_house_goes_nowhere_else(case, liaison, sent):  # C-04
    urge_case(case.case.id, {}, by=holder_of(OFFICE))
    mark_notices_read(by=liaison)
    tick()
    assert sent == []


@once
def test_a_group_and_whoever_may_not_know_read_no_number(case, urge, liaison, sent):  # C-09
    case.case.confidential = True
    session.commit()
    save_own({"address_sms": PHONE, "address_wecom": "li"}, by=liaison)
    urge()
    assert {text for _, _, text in sent} == {"您有新的通知，请登录闭环查看。"}
    case.case.confidential = False
    session.commit()
    urge_case(case.case.id, {}, by=holder_of("task_force:verifier"))
    tick()
    assert sent[-2:] == [("sms", PHONE, AT_ONCE), ("wecom", "li", "您有新的催办、督办，请登录闭环查看。")]


@once
def test_nothing_rings_at_midnight_but_what_is_urgent(case, liaison, urge, sent, clock):  # XX-21
    clock.now = datetime(2026, 3, 12, 23, 30, tzinfo=ZONE)
    assert urge() == []
    case.case.mark = "紧急"
    session.commit()
    clock.now = datetime(2026, 3, 13, 2, tzinfo=ZONE)
    assert urge() == [AT_ONCE]
    clock.now = datetime(2026, 3, 13, 6, 59, tzinfo=ZONE)
    tick()
    assert len(sent) == 1
    clock.now = datetime(2026, 3, 13, 7, tzinfo=ZONE)
    tick()
    assert len(sent) == 2


def test_the_digest_comes_once_on_a_working_day(start, liaison, sent, clock):
    clock.now = datetime(2026, 3, 12, 17, tzinfo=ZONE)
    start()
    clock.now = datetime(2026, 3, 13, 8, 29, tzinfo=ZONE)
    tick()
    assert sent == []
    clock.now = datetime(2026, 3, 13, 8, 30, tzinfo=ZONE)
    tick()
    tick()
    assert sent == [("sms", PHONE, "新到1件。请登录闭环查看。")]
    for day, hour in ((14, 12), (16, 23), (17, 8)):  # Saturday; too late; too early
        clock.now = datetime(2026, 3, day, hour, tzinfo=ZONE)
        tick()
        assert len(sent) == 1


def test_the_digest_says_what_is_late_and_due_and_before_a_group_not_how_much(case, liaison, sent, clock):
    save_own({"address_sms": PHONE, "address_wecom": "li", "other_sms": "digest"}, by=liaison)
    due = case.task("签收").due_at.astimezone(ZONE)
    clock.now = due.replace(hour=9, minute=0)
    tick()
    assert ("sms", PHONE, "今天到期1件。请登录闭环查看。") in sent
    assert ("wecom", "li", "今天有待办或通知等您处理。请登录闭环查看。") in sent
    assert not session.scalars(select(OutboxMessage).where(OutboxMessage.instance_id.is_not(None))).all()


@once
def test_an_address_that_is_none_is_refused_beside_its_field(case, sent):
    with pytest.raises(InvalidForm) as refused:
        save_own({"address_sms": "12345", "address_wecom": "李 四"}, by=holder_of(LIAISON))
    assert refused.value.problems == {
        "address_sms": "“手机号”应为11位手机号。",
        "address_wecom": "“企业微信账号”应为字母、数字或 . _ - @。",
    }


@once
def test_only_the_administrator_writes_the_address_of_another(case, liaison, sent):
    username = session.get_one(User, liaison.id).username
    with pytest.raises(NotAllowed):
        save_addresses(username, {"address_sms": "10000000002"}, by=liaison)
    save_addresses(username, {"address_sms": "10000000002"}, by=admin())
    assert notify_of(liaison.id)["address_sms"] == "10000000002"


@once
def test_a_house_that_is_connected_to_nothing_makes_no_messages(case, liaison):
    send_through({})
    urge_case(case.case.id, {}, by=holder_of(OFFICE))
    tick()
    assert session.scalars(select(OutboxMessage).where(OutboxMessage.instance_id.is_not(None))).all() == []


@pytest.fixture
def put(case, clock):
    """A message into the outbox."""

    def put(key, **values):
        usual = {"instance_id": case.id, "channel": "sms", "recipient": PHONE, "body": {"text": key}}
        times = {"next_at": clock.now, "created_at": clock.now}
        session.add(OutboxMessage(**usual | times | {"idempotency_key": key} | values))
        session.commit()

    return put


def states():
    session.expire_all()
    rows = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))
    return {row.idempotency_key: (row.state, row.attempts) for row in rows}


@once
def test_what_is_urgent_goes_before_all_that_waits_longer(put, sent, clock):  # XX-21
    for number in range(3):
        put(f"{number}")
    clock.now += timedelta(seconds=1)
    put("urgent", urgent=True)
    deliver_waiting()
    assert [text for *_, text in sent] == ["urgent", "0", "1", "2"]


@once
def test_a_channel_that_gives_no_answer_is_asked_once_a_tick(put, sent):
    for number in range(3):
        put(f"sms {number}")
    put("group", channel="wecom")
    asked = []

    def silent(recipient, body, key):
        asked.append(key)
        raise NoAnswer("短信网关没有应答。")

    assert deliver_waiting({"sms": silent, "wecom": lambda *_: "已收下"}) == 1
    assert asked == ["sms 0"]
    assert [states()[key] for key in ("sms 0", "sms 1", "group")] == [("waiting", 1), ("waiting", 0), ("sent", 1)]


@once
def test_a_busy_channel_takes_no_attempt_from_what_waits(put, sent, clock):
    put("1")
    for _ in range(MAX_ATTEMPTS + 1):
        assert deliver_waiting({"sms": busy}) == 0
        clock.now += timedelta(minutes=1)
    assert states() == {"1": ("waiting", 0)}
    assert deliver_waiting() == 1


def busy(recipient, body, key):
    raise GatewayBusy("短信网关正忙（HTTP 429）。")


def test_each_message_has_a_lease_of_its_own(put, sent, clock):  # however slow the gateway, two nodes send none twice
    for number in range(20):
        put(f"{number}")
    told = []

    def slow(recipient, body, key):
        told.append(key)
        clock.now += LEASE / 12
        if len(told) == 14:
            deliver_waiting({"sms": lambda recipient, body, key: told.append(key) or "已收下"})  # another node
        return "已收下"

    deliver_waiting({"sms": slow})
    assert sorted(told, key=int) == [f"{number}" for number in range(20)]


@once
def test_nothing_goes_to_an_address_that_its_owner_has_removed_or_to_who_has_gone(put, liaison, sent):  # S-04
    put("1", user_id=liaison.id)
    save_own({"address_sms": ""}, by=liaison)
    assert deliver_waiting() == 0
    failed = session.scalars(select(OutboxMessage).where(OutboxMessage.idempotency_key == "1")).one()
    assert (failed.state, failed.outcome) == ("failed", "黄志强已经不留短信的地址，不再发给本人。")
    with pytest.raises(AlreadyChanged, match="不留短信的地址"):
        send_again(failed.id, by=admin())
    leave(liaison)
    session.get_one(User, liaison.id).disabled = True
    session.commit()
    with pytest.raises(AlreadyChanged, match="已经停用"):
        send_again(failed.id, by=admin())
    assert (states()["1"], sent) == (("failed", 0), [])
