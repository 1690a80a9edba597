"""A number or mailbox is somebody's once they have typed the code that was sent there (S-04)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from errors import InvalidForm, NotFound
from models import AddressCode, User, session
from operations.acts.urging import urge_case
from operations.gate.outbox import deliver_waiting, send_through
from operations.people.addresses import MOST, MOST_WRONG, confirm, send_another
from operations.people.notifying import notify_of, save_addresses, save_own
from operations.ticking.clock import tick
from queries.house.deliveries import deliveries
from queries.house.notifying import addresses_of
from tests.codes import codes_sent, confirm_all
from tests.people import admin, holder_of

LIAISON = "natural_resources:liaison"
PHONE, OTHER = "10000000001", "10000000002"
WRONG = "验证码不对"
#: What asks nothing of a database that the first test does not.
once = pytest.mark.parametrize("template", ["sqlite"], indirect=True)


@pytest.fixture
def told():
    """What went where, besides what tests.codes reads."""
    sent = []

    def send(recipient, body, key):
        sent.append((recipient, body["text"]))
        return "已收下"

    send_through({"sms": send, "wecom": send})
    yield sent
    send_through({})


@pytest.fixture
def liaison(start, told):
    start()
    return holder_of(LIAISON)


def refusal(act, *args, **keywords):
    with pytest.raises(InvalidForm) as refused:
        act(*args, **keywords)
    return "".join(refused.value.problems.values())


def test_nothing_but_its_code_goes_to_a_number_before_it_is_typed_back(start, told, liaison):
    case = start()
    save_own({"address_sms": PHONE}, by=liaison)
    urge_case(case.case.id, {}, by=holder_of("task_force:dispatcher"))
    tick()
    [(to, text)] = told
    assert (to, text[:6]) == (PHONE, "您的验证码是")
    code = text[6:12]
    assert code not in deliveries().rows[0].text
    assert code not in str(session.execute(select(AddressCode.__table__)).all())
    confirm("sms", {"code": f" {code[:3]} {code[3:]} "}, by=liaison)
    urge_case(case.case.id, {}, by=holder_of("task_force:verifier"))
    tick()
    assert [(to, text[:6]) for to, text in told[1:]] == [(PHONE, "您有新的催办")]
    with pytest.raises(NotFound):
        confirm("sms", {"code": code}, by=liaison)


@once
def test_a_code_is_over_after_ten_minutes_or_five_wrong_ones_and_another_takes_its_place(liaison, clock):
    save_own({"address_sms": PHONE}, by=liaison)
    first = codes_sent()["sms"]
    clock.now += timedelta(minutes=10)
    assert "过期" in refusal(confirm, "sms", {"code": first}, by=liaison)
    send_another("sms", by=liaison)
    second = codes_sent()["sms"]
    for _ in range(MOST_WRONG):
        assert WRONG in refusal(confirm, "sms", {"code": first}, by=liaison)
    assert "作废" in refusal(confirm, "sms", {"code": second}, by=liaison)
    assert "刚发过，请 09:11" in refusal(send_another, "sms", by=liaison)
    clock.now += timedelta(minutes=1)
    send_another("sms", by=liaison)
    confirm_all(liaison)
    assert addresses_of(liaison.id)[0] == ("手机号", "100****0001")


@once
def test_nobody_rings_a_telephone_all_day(liaison, clock):
    for number in range(MOST):
        save_own({"address_sms": f"1000000001{number}"}, by=liaison)
    typed = {"address_sms": PHONE, "address_wecom": "li"}
    assert refusal(save_own, typed, by=liaison) == "验证码一小时最多发5次，请 10:00 以后再来。"
    assert notify_of(liaison.id)["address_sms"] == "10000000014"
    clock.now += timedelta(hours=1)
    save_own(typed, by=liaison)


@once
def test_a_code_that_waited_too_long_or_for_an_address_typed_over_is_not_sent(liaison, clock, told):
    save_own({"address_sms": PHONE}, by=liaison)
    save_own({"address_sms": OTHER}, by=liaison)
    deliver_waiting()
    assert [to for to, _ in told] == [OTHER]
    clock.now += timedelta(minutes=2)
    send_another("sms", by=liaison)
    clock.now += timedelta(minutes=10)
    assert deliver_waiting() == 0
    assert deliveries(state="failed").rows[0].outcome == "这个验证码已经过期或者换过，不再发。"


@once
def test_another_number_takes_the_old_one_away_and_so_does_the_administrators(liaison, told):
    save_own({"address_sms": PHONE, "address_wecom": "li"}, by=liaison)
    assert notify_of(liaison.id)["address_wecom"] == "li"  # what a group reads along proves nothing
    confirm_all(liaison)
    save_addresses(session.get_one(User, liaison.id).username, {"address_sms": OTHER}, by=admin())
    assert addresses_of(liaison.id)[0] == ("手机号", "100****0002（待本人确认）")
    confirm_all(liaison)
    save_own({"address_sms": OTHER}, by=liaison)  # as it was: no code
    assert codes_sent() == {}
    assert addresses_of(liaison.id)[0] == ("手机号", "100****0002")
