"""发送记录: what left the house, masked as every list is."""

from datetime import datetime

from sqlalchemy import select

from config import ZONE
from models import OutboxMessage, ProcessInstance, session
from operations.gate.outbox import deliver_waiting
from queries.house.deliveries import deliveries, told


def instance_of(case):
    return session.scalars(select(ProcessInstance.id).where(ProcessInstance.case_id == case.id)).one()


def message(case, key, **values):
    at = datetime(2026, 3, 12, 22, 30, tzinfo=ZONE)
    usual = {"instance_id": instance_of(case), "channel": "sms", "recipient": "10000000000", "body": {"text": "已办结"}}
    session.add(OutboxMessage(**usual | {"idempotency_key": key, "next_at": at, "created_at": at} | values))
    session.commit()


def test_neither_the_number_nor_the_code_nor_the_name_stands_in_the_log(begin, clock):  # S-04
    case = begin(case_no="XT20260001", query_code="ABCD2345", reporter="李四")
    message(case, "a", body={"text": "李四：编号 XT20260001，查询码 ABCD2345"})
    [row] = deliveries(number="XT20260001").rows
    assert (row.to, row.address, row.text) == ("反映人", "100****0000", "李某某：编号 XT20260001，查询码 ****")
    case.confidential = True
    session.commit()
    assert told(instance_of(case))[0].address == "****"  # C-09


def test_it_says_when_what_waits_is_sent_and_what_became_of_the_rest(begin, clock):
    case = begin()
    message(case, "sent")
    message(case, "mail", channel="email", recipient="li@county.example", instance_id=None)
    clock.now = datetime(2026, 3, 12, 22, 30, tzinfo=ZONE)
    assert deliver_waiting({}) == 0
    mail, waits = deliveries().rows
    assert (waits.state_name, waits.when_next) == ("待发", datetime(2026, 3, 13, 7, tzinfo=ZONE))
    assert (mail.address, mail.case_id) == ("l***@county.example", None)
    clock.now = datetime(2026, 3, 13, 7, tzinfo=ZONE)
    assert deliver_waiting({}) == 2
    [row] = deliveries(state="sent", channel="sms").rows
    assert (row.state_name, row.outcome, row.when_next) == ("仅登记", "未接入网关", None)


def test_the_log_is_read_a_page_at_a_time(begin, clock):
    case = begin()
    for number in range(3):
        message(case, f"{number}")
    first = deliveries(limit=2)
    assert [len(first.rows), len(deliveries(first.next, limit=2).rows)] == [2, 1]
    assert deliveries("x", limit=2).rows[0] == first.rows[0]
