"""The official papers that flows give rise to: facts as they are on the day of issue."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from handlers import call
from handlers.documents import organ
from models import CaseUnit, Deadline, Document, Notice, ParameterValue, Post, Submission, session
from tests.people import another_holder_of, holder_of

DUE = "2026-03-19T23:59:59+08:00"
HEAD = "post:task_force:head"


def papers():
    session.flush()
    return session.query(Document).order_by(Document.id).all()


def submitted(case, form, **values):
    session.add(Submission(case_id=case.case.id, element="x", form=form, values=values, by="某人", at=case.now))
    session.flush()


def test_an_order_says_how_late_the_case_is(case):  # F-C-3
    case.now += timedelta(days=6)  # the signing deadline was Monday 2026-03-16
    call("urge.raise", {"to": "housing", "requirement": "请抓紧", "due": DUE}, case)
    [paper] = papers()
    assert paper.body["原时限"] == "2026-03-16（签收）"
    assert paper.body["逾期"] == "2个工作日"


def copied_order(case, posts):
    call("urge.raise", {"to": "housing", "requirement": "请抓紧", "due": DUE, "cc": posts}, case)
    session.flush()
    [paper] = papers()
    return paper.body.get("抄送"), [(n.post, n.text) for n in session.query(Notice) if "抄送" in n.text]


def test_whoever_an_order_names_as_copied_is_told_and_may_read_it(case):  # F-C-3, C-04
    leader, watcher = "post:housing:leader", "post:supervision_office:supervisor"
    named, told = copied_order(case, [leader, watcher, watcher, "post:nowhere:leader"])
    assert named == "县住房和城乡建设局分管领导、县政府督查室"
    assert told == [(watcher, "催办单〔2026〕1号：抄送，请抓紧")]  # the leader has it as addressee
    assert session.get(CaseUnit, (case.case.id, "supervision_office")).role == "copied"


def test_of_a_confidential_case_only_those_get_a_copy_who_know_of_it(case):  # C-09
    case.case.confidential = True
    assert copied_order(case, ["post:supervision_office:supervisor"]) == (None, [])


def test_words_in_place_of_posts_reach_nobody_and_are_not_printed(case):  # versions of before
    assert copied_order(case, "吹哨单位、责任单位分管领导") == (None, [])


@pytest.mark.parametrize(
    ("state", "days", "limit", "over"),
    [
        ("missed", 6, "2026-03-16（签收）", "2个工作日"),  # the ladder has gone on without it
        ("met", 6, "2026-03-16（签收）", "2个工作日"),  # met at last, too late
        ("met", 1, "2026-03-16（签收）", None),  # met in time; what was done is not good enough
        ("void", 6, None, None),  # it never counted
    ],
)
def test_an_order_names_the_limit_that_was_missed_even_when_it_runs_no_more(case, state, days, limit, over):  # F-C-3
    case.now += timedelta(days=days)
    deadline = session.query(Deadline).filter_by(key="sign").one()
    deadline.state, deadline.closed_at = state, case.now
    call("urge.raise", {"to": "housing", "requirement": "请抓紧", "due": DUE}, case)
    [paper] = papers()
    assert (paper.body.get("原时限"), paper.body.get("逾期")) == (limit, over)


def test_an_order_of_the_hour_the_limit_ran_out_says_less_than_a_day(case):  # F-C-3
    case.now = session.query(Deadline).filter_by(key="sign").one().due_at
    call("urge.raise", {"to": "housing", "requirement": "请抓紧", "due": DUE}, case)
    assert papers()[0].body["逾期"] == "不足1个工作日"


@pytest.mark.parametrize(("contact_due", "named"), [(-3, "签收"), (-9, "签收"), (2, "签收")])
def test_an_order_is_about_the_work_not_the_call_forgotten_beside_it(case, contact_due, named):  # F-C-3, XT-18
    work = session.query(Deadline).filter_by(key="sign").one()
    case.now = work.due_at + timedelta(hours=1)
    call_due = case.now + timedelta(days=contact_due)
    copied = {name: getattr(work, name) for name in ("case_id", "element", "clauses", "terms", "suspended")}
    copied |= {"calendar_revision": work.calendar_revision, "opened_at": work.opened_at, "state": "running"}
    session.add(Deadline(key="contact", name="联系", due_at=call_due, **copied))
    session.flush()
    call("urge.raise", {"to": "housing", "requirement": "请抓紧", "due": DUE}, case)
    assert papers()[0].body["原时限"].endswith(f"（{named}）")


def signer_of_order(case, post):
    call("urge.raise", {"to": "housing", "requirement": "请抓紧", "due": DUE, "signer": post}, case)
    return papers()[0].body.get("签发人")


def test_an_order_the_clock_sends_bears_the_name_of_whoever_holds_the_post_that_signs(case):  # F-C-3 签发人
    post = session.scalars(select(Post).where(Post.key == HEAD)).one()
    [holder] = post.holders
    assert signer_of_order(case, HEAD) == holder.name


def test_an_order_that_somebody_of_the_post_sends_bears_their_name(case):  # F-C-3 签发人
    case.by = holder_of(HEAD.removeprefix("post:"))
    assert signer_of_order(case, HEAD) == case.by.name


def test_an_order_of_a_post_that_nobody_holds_names_the_post(case):  # F-C-3 签发人
    vacant = session.scalars(select(Post).where(Post.key == HEAD)).one()
    vacant.holders.clear()
    session.flush()
    assert signer_of_order(case, HEAD) == "工作专班负责人"


def test_an_order_of_supervision_bears_the_name_of_whoever_signed_it(case):  # F-C-3 签发人
    order = {"level": "一级督办", "owner": "supervision_office", "to": "housing", "requirement": "限期办结", "due": DUE}
    call("supervision.raise", order | {"signer": "卓卫国"}, case)
    assert papers()[0].body["签发人"] == "卓卫国"


ORDER = {"level": "一级督办", "owner": "supervision_office", "to": "housing", "requirement": "限期办结", "due": DUE}


def test_an_order_that_the_calendar_raises_bears_the_name_of_the_one_holder_of_its_post(case):  # F-C-3 签发人
    post = session.get_one(Post, "post:supervision_office:supervisor")
    [holder] = post.holders
    call("supervision.raise", ORDER | {"signer": post.key}, case)
    assert papers()[0].body["签发人"] == holder.name
    another_holder_of("supervision_office:supervisor")
    call("supervision.raise", ORDER | {"signer": post.key}, case)
    assert papers()[1].body["签发人"] == f"{organ('supervision_office')}{post.role_name}"


def test_an_order_about_work_done_again_still_names_the_original_limit(case):  # F-C-3, C-08
    first = session.query(Deadline).filter_by(key="sign").one()
    first.key, first.name, first.state, first.closed_at = "handle", "办理时限", "met", case.now
    again = {name: getattr(first, name) for name in ("case_id", "element", "clauses", "terms", "suspended")}
    again |= {"calendar_revision": first.calendar_revision, "opened_at": first.opened_at, "state": "running"}
    session.add(Deadline(key="redo", name="再次办理时限", due_at=case.now + timedelta(days=9), **again))
    session.flush()
    call("supervision.raise", ORDER, case)
    assert papers()[0].body["原时限"] == "2026-03-16（办理时限）"


def test_an_order_for_which_nobody_set_a_limit_wants_an_answer_at_once(case):  # F-C-3
    call("urge.raise", {"to": "housing", "requirement": "请立即办结"}, case)
    [paper] = papers()
    assert (paper.due_at, paper.body["反馈时限"]) == (None, "立即")


@pytest.mark.parametrize(
    ("scheme", "issuer"),
    [
        ("XT", "工作专班"),
        ("YL", "县政务吹哨办"),
        ("YC", "郾城区领导小组办公室"),
        ("TZ", "区吹哨办"),
        ("XX", "县数据资源局"),
    ],
)
def test_each_document_has_an_office_that_issues_its_papers(case, scheme, issuer):
    case.scheme = scheme
    call("bulletin.issue", {"kind": "通报批评", "to": "housing", "content": "限期整改"}, case)
    assert papers()[0].issuer == issuer


def test_the_issuing_office_is_a_parameter(case):
    session.add(ParameterValue(key="doc.issuer", value={"XT": "县政府办公室"}, at=case.now, by="某人"))
    case.scheme = "XT"
    call("bulletin.issue", {"kind": "通报批评", "to": "housing", "content": "限期整改"}, case)
    assert papers()[0].issuer == "县政府办公室"


def test_an_organ_signs_without_the_note_of_where_it_sits(county):
    assert organ("yl_whistle_office") == "县政务吹哨办"
    assert organ("某（不在册的）单位") == "某（不在册的）单位"


def test_minutes_have_all_that_the_forms_of_the_meeting_say(case):  # F-C-7
    submitted(case, "F-C-7.apply", topic="办证难", attendees=["tax"])
    said = {
        "meeting_type": "one_plus_x",
        "held_on": "2026-03-11",
        "place_host": "三楼，副县长主持",
        "attend": "各单位分管领导",
        "opinions": "先行登记",
        "meeting_result": "settled",
        "lead_org": "housing",
        "co_orgs": ["tax"],
        "requirement": "十五日内办结",
        "settle_days": 15,
        "fault_tolerance": True,
        "minutes_sign": "副县长",
    }
    submitted(case, "F-C-7.minutes", **said)
    answer = call("meeting.minutes", {"to": "post:housing:leader", "text": "请落实"}, case)
    [paper] = papers()
    assert answer == {"number": paper.number} == {"number": "会商纪要〔2026〕1号"}
    assert paper.to == "县住房和城乡建设局、县税务局"
    assert paper.body == {
        "会议类型": "“1+X”会商会议",
        "时间": "2026-03-11",
        "地点、主持": "三楼，副县长主持",
        "参会": "各单位分管领导",
        "议题": "办证难",
        "各方意见": "先行登记",
        "议定事项": "十五日内办结",
        "责任单位": "县住房和城乡建设局、县税务局",
        "办理时限": "15个工作日",
        "适用容错": True,
        "签发人": "副县长",
    }
    assert [notice.post for notice in session.query(Notice)] == ["post:housing:leader"]


def test_whoever_is_asked_to_a_meeting_is_told_in_writing_and_may_see_the_case(case):  # F-C-7, TZ-08
    words = {"meeting_type": "session", "topic": "办证难", "units": ["tax", "tax"], "owner": "housing"}
    answer = call("meeting.invite", {**words, "arrangement": "3月6日上午9时，三楼"}, case)
    [paper] = papers()
    assert answer == {"number": paper.number} == {"number": "会议通知〔2026〕1号"}
    assert (paper.to, paper.issuer) == ("县税务局", "县住房和城乡建设局")
    assert paper.body["时间、地点"] == "3月6日上午9时，三楼"
    told = session.query(Notice).order_by(Notice.post).all()
    assert [notice.post for notice in told] == ["post:tax:leader", "post:tax:liaison"]
    assert all(notice.text.startswith(f"{paper.number}：请参加会办会议") for notice in told)
    assert session.get(CaseUnit, (case.case.id, "tax")) is not None


def test_a_meeting_that_nobody_else_is_asked_to_has_no_notice_but_stands_on_the_agenda(case):
    words = {"meeting_type": "joint", "topic": "办证难", "units": [], "desk": "post:housing:handler"}
    assert call("meeting.invite", words, case) == {"number": ""}
    assert papers() == []
    assert "请排入联席会议议程" in session.query(Notice).one().text


def test_minutes_of_a_session_name_who_came_from_who_is_ticked_as_absent(case):  # TZ-08
    case.case.lead_org = "housing"
    for unit in ("tax", "civil_affairs"):
        session.add(CaseUnit(case_id=case.case.id, unit=unit, role="co"))
    submitted(case, "F-C-7.minutes", opinions="另一次会议", absent_orgs=["tax"])
    said = {"held_on": "2026-03-06", "opinions": "一致", "absent_orgs": ["civil_affairs"], "handle_until": "2026-03-20"}
    submitted(case, "F-TZ-1.meeting", plan="由住建局总协调", **said)
    call("meeting.minutes", {"meeting_type": "session", "forms": ["F-TZ-1.meeting"], "owner": "housing"}, case)
    [paper] = papers()
    assert (paper.kind, paper.issuer) == ("会办纪要", "县住房和城乡建设局")
    assert paper.to == "县住房和城乡建设局、县民政局、县税务局"
    assert paper.body["参会"] == "县住房和城乡建设局、县税务局"
    assert (paper.body["缺席"], paper.body["各方意见"]) == ("县民政局", "一致")
    assert (paper.body["议定事项"], paper.body["办理时限"]) == ("由住建局总协调", "2026-03-20")


def test_of_a_meeting_held_again_the_minutes_say_what_was_said_last(case):
    for requirement in ("暂缓", "先行登记"):
        submitted(case, "F-C-7.minutes", meeting_type="joint", lead_org="housing", requirement=requirement)
    call("meeting.minutes", {}, case)
    assert papers()[0].body["议定事项"] == "先行登记"
    assert papers()[0].kind == "联席会议纪要"


def test_a_clue_that_is_transferred_has_a_letter_that_few_may_read(case):  # F-C-6
    submitted(
        case,
        "F-C-6.transfer",
        clue_transfer="transfer",
        clue="拖延",
        persons="某局",
        evidence="督办单",
        from_unit="督查室",
    )
    call("clue.transfer", {"receiver": "post:yl_discipline:discipline_officer", "owner": "supervision_office"}, case)
    [letter] = papers()
    assert (letter.kind, letter.to, letter.issuer, letter.confidential) == (
        "问题线索移送函",
        "县纪委监委",
        "县政府督查室",
        True,
    )
    assert letter.body["线索摘要"] == "拖延"
    assert {kind for kind, _, _ in case.notes} == {"clue"}


def test_a_clue_that_is_not_transferred_has_none(case):
    submitted(case, "F-C-6.transfer", clue_transfer="none")
    assert call("clue.transfer", {"receiver": "县纪委监委"}, case) == {"number": ""}
    assert papers() == []


def test_the_city_s_bureaus_are_invited_once_by_the_county_s_office(case):  # YL-10, F-YL-3
    case.scheme, case.case.case_no = "YL", "YL20260003"
    submitted(case, "F-YL-2.register", filler="李某 0871-0000000")
    submitted(case, "F-YL-2.invite", city_units="市规划局", invitation="请派员参加", signed_by="县政府办主任")
    words = {
        "participants": [{"unit": "housing", "duty": "核实", "standard": "当日"}],
        "initiator": "tax",
        "report_time": "2026-03-16T09:00:00+08:00",
        "place": "三楼",
        "guests": "无",
        "grace": 15,
    }
    call("whistle.notice", words, case)
    call("whistle.notice", words, case)
    invitation, notice, again = papers()
    assert (invitation.kind, invitation.to, invitation.issuer) == ("邀请函", "市规划局", "县政府办")
    assert notice.title == again.title == "关于组织开展2026年第3号哨件吹哨报到工作的通知"
    assert notice.issuer == "县政务吹哨办"
    assert notice.body["联系人"] == "李某 0871-0000000"
