"""What each handler writes down."""

from datetime import datetime, timedelta

import pytest

from config import ZONE
from errors import NotFound
from handlers import call
from models import Case, CaseUnit, Clue, Deadline, DeadlineDispute, Document, Notice, OutboxMessage, Submission, session
from models.deadline import MET
from models.outbox import WAITING
from operations.acts.disputing import answer_dispute, dispute_deadline
from operations.gate.deadlines import DeadlineBook
from tests.people import holder_of

DUE = "2026-03-19T23:59:59+08:00"


def rows(model):
    session.flush()
    return session.query(model).order_by(model.id).all()


def posts(notices):
    return [notice.post for notice in notices]


def units(case):
    session.flush()
    taking_part = session.query(CaseUnit).filter_by(case_id=case.case.id).order_by(CaseUnit.unit)
    return {row.unit: row.role for row in taking_part}


def running(key: str) -> Deadline:
    return session.query(Deadline).filter_by(key=key).populate_existing().one()


def local(moment: datetime) -> str:
    return f"{moment.astimezone(ZONE):%Y-%m-%d}"


def make_case(**columns: object) -> Case:
    made = Case(flow="small", flow_name="小流程", **columns)
    session.add(made)
    session.flush()
    return made


def test_a_case_gets_its_number_once(case):  # C-01
    assert call("case.number", {"scheme": "XT"}, case) == {"case_no": "XT20260001"}
    assert call("case.number", {"scheme": "XT"}, case) == {"case_no": "XT20260001"}
    assert case.case.case_no == "XT20260001"


def test_numbers_begin_again_in_the_county_s_new_year(case):  # C-01
    call("case.number", {"scheme": "XT"}, case)
    case.case, case.now = make_case(created_at=case.now), datetime(2027, 1, 1, 0, 30, tzinfo=ZONE)
    assert call("case.number", {"scheme": "XT"}, case) == {"case_no": "XT20270001"}


def test_dispatching_lets_the_units_see_the_case(case):  # XT-05
    words = {"lead_org": "housing", "co_orgs": ["tax", "archives"], "requirement": "三日内答复"}
    call("case.dispatch", words, case)
    assert case.case.lead_org == "housing"
    assert units(case).items() >= {"housing": "lead", "tax": "co", "archives": "co"}.items()
    assert [note[1] for note in case.notes] == [
        "交办县住房和城乡建设局，协办县税务局、县档案馆",
        "交办要求：三日内答复",
    ]


def test_dispatching_to_no_unit_of_ours_leaves_the_case_where_it_was(case):
    before = units(case)
    with pytest.raises(NotFound, match="moon"):
        call("case.dispatch", {"lead_org": "moon", "co_orgs": [], "requirement": ""}, case)
    session.expire_all()
    assert units(case) == before


def test_a_case_that_is_transferred_out_has_a_letter_and_no_unit_of_ours(case):  # XT-09
    case.case.lead_org = "housing"
    call("case.transfer_out", {"target": "县人民法院", "reason": "涉诉"}, case)
    [letter] = rows(Document)
    assert (letter.kind, letter.number, letter.to, letter.body) == (
        "转办函",
        "转办函〔2026〕1号",
        "县人民法院",
        {"理由": "涉诉"},
    )
    assert case.case.lead_org is None


def test_archiving_says_how_and_when_it_ended(case):  # C-10
    call("case.archive", {"result": "completed"}, case)
    assert (case.case.result, case.case.closed_at) == ("completed", case.now)


def test_a_case_that_was_closed_before_it_is_filed_keeps_the_day_it_was_closed(case):  # YL-14, C-10
    call("case.close", {}, case)
    closed_at = case.now
    assert not case.case.archived
    case.now += timedelta(days=7)
    call("case.archive", {"result": "completed"}, case)
    assert (case.case.archived, case.case.closed_at) == (True, closed_at)


def test_whoever_disputes_a_deadline_that_nobody_answered_is_told_once_that_it_ends(case):  # C-10
    liaison, handler = holder_of("natural_resources:liaison"), holder_of("natural_resources:handler")
    sign = running("sign").id
    dispute_deadline(case.case.id, sign, {"dispute": "那天停电"}, by=liaison)
    first = session.query(DeadlineDispute).one().id
    verdict = {"verdict": "upheld", "answer": "没有停电"}
    answer_dispute(case.case.id, first, verdict, by=holder_of("supervision_office:supervisor"))
    dispute_deadline(case.case.id, sign, {"dispute": "还是不对"}, by=handler)
    call("case.archive", {"result": "completed"}, case)
    ended = [each.post for each in rows(Notice) if "随归档结束" in each.text]
    assert ended == ["post:natural_resources:handler"]


def test_excluding_says_why(case):
    call("case.exclude", {"reason": "超出职权"}, case)
    assert case.case.excluded == "超出职权"


def test_a_reminder_is_a_paper_and_a_notice_and_no_new_deadline(case):  # XT-18, C-08
    before = running("sign").due_at
    answer = call("urge.raise", {"to": "housing", "requirement": "请抓紧", "due": DUE}, case)
    [paper] = rows(Document)
    assert answer == {"number": paper.number} == {"number": "催办单〔2026〕1号"}
    assert (paper.to, paper.body, paper.due_at.isoformat()) == (
        "县住房和城乡建设局",
        {"级别": "催办", "要求": "请抓紧", "原时限": "2026-03-16（签收）"},
        "2026-03-19T15:59:59+00:00",
    )
    assert posts(rows(Notice)) == ["post:housing:liaison", "post:housing:leader"]
    assert {notice.text for notice in rows(Notice)} == {"催办单〔2026〕1号：请抓紧"}
    assert running("sign").due_at == before


def test_supervision_names_who_supervises(case):  # XT-19
    words = {
        "level": "县级",
        "owner": "supervision_office",
        "to": "housing",
        "requirement": "限期办结",
        "due": DUE,
    }
    assert call("supervision.raise", words, case) == {"number": "督办单〔2026〕1号"}
    [paper] = rows(Document)
    limit = {"原时限": "2026-03-16（签收）"}
    assert paper.body == {"级别": "县级", "督办单位": "县政府督查室", "要求": "限期办结", **limit}
    assert paper.issuer == "县政府督查室"
    assert posts(rows(Notice)) == ["post:housing:liaison", "post:housing:leader"]


def test_a_clue_is_no_paper_and_tells_nobody(case):  # XT-20
    call("clue.raise", {"org": "housing", "reason": "拒不签收", "summary": "两次催办未果"}, case)
    [clue] = rows(Clue)
    assert (clue.org, clue.reason, clue.summary, clue.raised_at) == (
        "housing",
        "拒不签收",
        "两次催办未果",
        case.now,
    )
    assert rows(Document) == rows(Notice) == rows(OutboxMessage) == []
    assert [note[0] for note in case.notes] == ["clue"]  # queries/case/history.py hides notes of this kind


def test_a_notice_lies_before_its_post(case):  # C-04
    call("notify.post", {"to": "post:task_force:dispatcher", "text": "请核查"}, case)
    [notice] = rows(Notice)
    assert (notice.post, notice.text, notice.at) == ("post:task_force:dispatcher", "请核查", case.now)


def register_phone(case, number: str) -> None:
    values = {"reporter_phone": number}
    session.add(Submission(case_id=case.case.id, element="register", form="F", values=values, by="窗口", at=case.now))
    session.flush()


def test_a_reporter_is_told_at_the_newest_number_known(case):
    register_phone(case, "13800000000")
    register_phone(case, "13900000000")
    call("notify.reporter", {"text": "已受理"}, case)
    call("notify.reporter", {"text": "已办结", "phone": "13700000000"}, case)
    first, second = rows(OutboxMessage)
    assert (first.channel, first.recipient, first.body, first.state) == (
        "sms",
        "13900000000",
        {"text": "已受理"},
        WAITING,
    )
    assert second.recipient == "13700000000"
    assert first.idempotency_key != second.idempotency_key  # P5


def test_a_reporter_without_a_number_is_written_down_and_not_sent(case):
    call("notify.reporter", {"text": "已受理"}, case)
    assert rows(OutboxMessage) == []
    assert case.notes == [["reply", "反映人没有留电话，未发短信：已受理", ""]]


def test_an_extension_counts_from_the_original_day(case):  # XT-13, C-03
    case.now += timedelta(hours=30)
    answer = call("deadline.extend", {"key": "sign", "days": 5}, case)
    case.deadlines.save()
    assert answer == {"due": "2026-03-23T23:59:59+08:00"}
    assert local(running("sign").due_at) == "2026-03-23"


def test_what_fails_after_it_has_moved_a_deadline_has_not_moved_it(case, monkeypatch):
    def fail(*_):
        raise KeyError("note")

    monkeypatch.setattr(case, "note", fail)  # the last thing it does
    for _ in range(2):
        with pytest.raises(KeyError):
            call("deadline.extend", {"key": "sign", "days": 5}, case)
    case.deadlines.save()
    assert local(running("sign").due_at) == "2026-03-16"


def test_a_suspended_deadline_goes_on_with_what_was_left(case):  # XT-A5
    call("deadline.suspend", {"key": "sign"}, case)
    case.deadlines.save()
    assert running("sign").suspended
    case.now += timedelta(days=5)  # Tuesday 2026-03-17: two working days are left
    case.deadlines = DeadlineBook(case.case, case.now)
    assert call("deadline.resume", {"key": "sign"}, case) == {"due": "2026-03-19T23:59:59+08:00"}
    case.deadlines.save()
    assert (running("sign").suspended, local(running("sign").due_at)) == (False, "2026-03-19")
    assert [note[1] for note in case.notes] == ["时限暂停", "时限恢复，到期日 2026-03-19"]


def test_what_was_met_by_an_untrue_answer_runs_on_to_the_same_day(case):  # C-08, XT-16
    case.deadlines.meet("sign")
    case.deadlines.save()
    case.now += timedelta(days=5)
    case.deadlines = DeadlineBook(case.case, case.now)
    assert call("deadline.reopen", {"key": "sign", "along": ["supervise"]}, case) == {"ladder": ""}
    case.deadlines.save()
    assert (local(running("sign").due_at), running("sign").closed_at) == ("2026-03-16", None)
    with pytest.raises(NotFound, match="不能恢复"):
        call("deadline.reopen", {"key": "sign", "along": []}, case)


@pytest.mark.parametrize("handler", ["deadline.extend", "deadline.suspend", "deadline.resume"])
def test_a_deadline_that_does_not_run_is_told_by_its_key(case, handler):
    arguments = {"key": "handle"} | ({"days": 1} if handler == "deadline.extend" else {})
    with pytest.raises(NotFound, match="handle"):
        call(handler, arguments, case)


def test_statistics_count_the_last_whole_month_of_one_scheme(case):  # XT-21
    february, march = (datetime(2026, month, 10, tzinfo=ZONE) for month in (2, 3))
    make_case(case_no="XT20260001", created_at=february, lead_org="tax", closed_at=february)
    make_case(case_no="XT20260002", created_at=february, closed_at=february, result="transferred_out")
    make_case(case_no="XT20260003", created_at=february, lead_org="tax", closed_at=march, satisfaction="满意")
    make_case(case_no="XT20260004", created_at=march, lead_org="tax")
    make_case(case_no="YL20260001", created_at=february, lead_org="tax")
    for number, closed in (("XT20260001", february), ("XT20260002", february + timedelta(days=9))):
        late = session.query(Case).filter_by(case_no=number).one()
        due = february + timedelta(days=1)
        terms = {"key": "handle", "name": "办理", "element": "handle", "clauses": "", "terms": {}}
        session.add(
            Deadline(
                case_id=late.id,
                due_at=due,
                opened_at=february,
                closed_at=closed,
                state=MET,
                calendar_revision=1,
                **terms,
            )
        )
    answer = call("report.statistics", {"scheme": "XT", "cycle": "monthly"}, case)
    figures = {"接收": 3, "交办": 2, "办结": 2, "转出": 1, "按时办理": 1, "超期办理": 1, "当场评价满意": 0}
    assert answer.items() >= figures.items()
    assert answer["period"] == "2026-02-01至2026-02-28"
    [report] = rows(Document)
    assert report.kind == "统计分析报告"
    assert report.body.items() >= figures.items()
    assert case.case.title == "2026年2月统计分析报告"
