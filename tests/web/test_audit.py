"""审计 (S-01): who signed in, whose rights changed, who looked at personal data; whether records were touched."""

from datetime import timedelta

from sqlalchemy import delete, select, update

from models import AuditEvent, HistoryEvent, session
from operations.ticking.clock import tick
from papers.sheets import read_sheets
from queries.house.audit import audit

LOG = "/audit"


def said(auditor, address: str = LOG) -> str:
    page = auditor.get(address)
    assert page.status_code == 200
    return page.text


def test_sign_ins_rights_looks_and_lists_taken_are_read_by_the_auditor_and_narrowed(
    auditor, keeper, window, liaison, browser, clock
):
    browser().sign_in("ziran", "wrong")
    browser().sign_in("Mi-ma-2026", "typed into the wrong field")
    case = window.send("/register/small", title="x").location
    window.send(f"{case}/reporter", page=case, reason="电话核实")
    window.get("/cases/cases.xlsx")
    keeper.send("/organisation/people/ziran/posts/natural_resources/handler/end", page="/organisation/people/ziran")
    keeper.send("/organisation/people/ziran/post", post="supervision_office:supervisor")
    page = said(auditor)
    assert page.count("（看得到问责线索，XT-20）") == 1
    for words in ("登录：密码不正确", "登录：没有这个用户名", "反映人信息", "事项列表", "不再担任县自然资源局经办人"):
        assert words in page, words
    assert "127.0.0.1" in page
    assert "Mi-…" in page
    assert "Mi-ma" not in page
    theirs = said(auditor, f"{LOG}?person=ziran")
    assert "密码不正确" in theirs
    assert "不再担任县自然资源局经办人" in theirs  # done by somebody else, about them
    assert "没有这个用户名" not in theirs
    looks = said(auditor, f"{LOG}?kind=look")
    assert ("反映人信息" in looks, "密码不正确" in looks) == (True, False)
    assert "没有这样的记录" in said(auditor, f"{LOG}?day=2026-03-11")
    assert "反映人信息" in said(auditor, f"{LOG}?day=2026-03-12")
    for day in ("9999-12-31", "0001-01-01", "nonsense"):  # has no records; all of them would pass for those of the day
        assert "没有这样的记录" in said(auditor, f"{LOG}?day={day}")
        [_mark] = read_sheets(auditor.get(f"{LOG}/audit.xlsx?day={day}").data)["审计记录"]
    assert auditor.get(f"{LOG}?kind=nonsense").status_code == auditor.get(f"{LOG}/audit.xlsx?kind=x").status_code == 404
    look, _mark = read_sheets(auditor.get(f"{LOG}/audit.xlsx?kind=look").data)["审计记录"]
    assert look.texts["种类"] == "查看个人信息"
    assert "审计记录" in said(auditor, f"{LOG}?kind=taken&person=shenji")


def test_the_auditor_turns_pages_and_sees_no_case_and_changes_nothing(auditor, window, app, clock):
    case = window.send("/register/small", title="x").location
    for _ in range(3):
        clock.now += timedelta(minutes=1)
        auditor.get(f"{LOG}/audit.xlsx")
    with app.app_context():
        first = audit(kind="taken", limit=2)
        rest = audit(kind="taken", limit=2, after=first.next)
    assert [len(first.rows), len(rest.rows), rest.next] == [2, 1, None]
    assert first.rows[-1].at > rest.rows[0].at
    assert auditor.get(case).status_code == 404


def test_the_end_of_the_chain_is_said_to_be_noted_elsewhere_for_cut_off_it_leaves_no_trace(
    auditor, window, app, clock, caplog
):
    window.get("/cases/cases.xlsx")
    with app.app_context():
        tick()
        last = session.scalars(select(AuditEvent).order_by(AuditEvent.place.desc()).limit(1)).one()
    told = f"到第{last.place}条，印记 {last.seal}"
    assert told in caplog.text
    page = said(auditor, f"{LOG}/chain")
    assert f'<span class="num">{last.place}</span> 条，印记 <span class="num break">{last.seal}' in page
    with app.app_context():
        session.execute(delete(AuditEvent).where(AuditEvent.place == last.place))
        session.commit()
    page = said(auditor, f"{LOG}/chain")
    assert "没有改动" in page
    assert last.seal not in page


def test_a_record_that_was_changed_or_taken_out_is_found(auditor, window, app, clock):
    window.send("/register/small", title="x")
    window.get("/cases/cases.xlsx")
    with app.app_context():
        tick()  # puts what was written down into the chain
    assert said(auditor, f"{LOG}/chain").count("没有改动") == 2
    with app.app_context():
        first, second = session.scalars(select(AuditEvent.id).order_by(AuditEvent.place).limit(2))
        session.execute(update(AuditEvent).where(AuditEvent.id == first).values(what="登录：别人"))
        session.execute(delete(AuditEvent).where(AuditEvent.id == second))
        session.execute(update(HistoryEvent).where(HistoryEvent.revision == 1).values(actor="别人"))
        session.commit()
    page = said(auditor, f"{LOG}/chain")
    assert "第1条（2026-03-12 09:00）被改动过" in page
    assert "第2条不见了" in page
    assert "第1步的记录被改动过" in page
