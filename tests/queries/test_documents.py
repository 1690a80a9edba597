"""发文登记簿: who finds which paper, and what it says when it is printed."""

import io
import zipfile
from datetime import timedelta

import pytest
from sqlalchemy import select

from errors import NotFound
from handlers.documents import add_document
from models import SYSTEM, Document, HistoryEvent, Notice, TemplateEdition, now, session
from operations.gate.instances import start_process
from operations.house.deployments import deploy
from operations.house.templates import replace_template
from papers import standard_template
from papers.archive import read_archive, write_archive
from queries.case.cases import case_file
from queries.case.documents import kinds, paper_file, paper_view, register, years
from queries.case.dossier import COVER, dossier
from tests.engine.diagrams import diagram, end, service, start, user
from tests.official import issue
from tests.papers.words import lines_of
from tests.people import admin, holder_of
from tests.queries.conftest import do
from tests.queries.flow import FILES

FORMS = {name: content for name, content in FILES.items() if name.endswith(".form.json")}
OFFICE, SUPERVISOR, STRANGER = "task_force:head", "supervision_office:supervisor", "housing:liaison"


def numbers(by, **asked):
    return [row.number for row in register(by, **asked).rows]


def test_the_register_has_number_title_issuer_addressee_day_and_case(begin):
    case = begin(case_no="XT20260001", title="不动产登记")
    issue(case, "转办函")
    [row] = register(holder_of(OFFICE)).rows
    assert (row.number, row.title, row.issuer, row.to, row.case_name) == (
        "转办函〔2026〕1号",
        "关于转办“不动产登记”的函",
        "工作专班",
        "县税务局",
        "XT20260001",
    )
    assert f"{row.issued_at:%Y-%m-%d}" == "2026-03-12"


def test_a_case_the_calendar_began_is_called_by_kind_and_period(begin):
    case = begin(case_no=None, title="2026年3月督查通报")
    paper = issue(case, "督查通报")
    [row] = register(holder_of(OFFICE)).rows
    assert row.case_name == paper_view(paper.id, holder_of(OFFICE)).case_name == "2026年3月督查通报"
    case.title = ""
    session.commit()
    assert register(holder_of(OFFICE)).rows[0].case_name == case.flow_name


def test_each_county_numbers_its_papers_for_itself(county):  # 发文字号
    def issued(key, post):
        task = user("answer", name="答复", candidates=f"post({post})", form=next(iter(FORMS))[: -len(".form.json")])
        deploy(key, {f"{key}.bpmn": diagram(key, "", start(), task, end(), flows="start answer end"), **FORMS})
        number = add_document(start_process(key, {}, by=SYSTEM).host.context, "转办函", "县税务局", {"内容": "正文。"})
        session.commit()
        return number

    here, there = ("here", '"housing", "liaison"'), ("there", '"tz_bio_park", "butler"')
    assert [issued(*flow) for flow in (here, here, there, here, there)] == [
        f"转办函〔2026〕{n}号" for n in (1, 2, 1, 3, 2)
    ]
    assert set(session.scalars(select(Document.county))) == {"county", "tz_government"}


def test_the_register_is_read_by_kind_by_year_and_page_by_page(begin, clock):
    case = begin()
    for _ in range(3):
        issue(case, "转办函")
    clock.now += timedelta(days=300)
    issue(case, "督办单")
    me = holder_of(OFFICE)
    assert kinds(me) == ["督办单", "转办函"]
    assert years(me) == [2027, 2026]
    assert numbers(me, kind="督办单") == numbers(me, year=2027) == ["督办单〔2027〕1号"]
    first = register(me, limit=3)
    assert [row.number[:3] for row in first.rows] == ["督办单", "转办函", "转办函"]
    assert numbers(me, after=first.next) == ["转办函〔2026〕1号"]
    assert numbers(me, after="x") == numbers(me, after="9" * 30) == numbers(me)


def test_an_empty_register_has_no_years(begin):
    begin()
    assert (years(holder_of(OFFICE)), kinds(holder_of(OFFICE)), numbers(holder_of(OFFICE))) == ([], [], [])


def test_a_paper_of_a_case_of_others_does_not_exist(begin):
    paper = issue(begin(), "转办函")
    assert numbers(holder_of(STRANGER)) == []
    for read in (paper_view, paper_file):
        with pytest.raises(NotFound):
            read(paper.id, holder_of(STRANGER))


def test_a_transfer_letter_is_there_for_holders_of_clues_only(begin):  # XT-20, F-C-6
    case = begin()
    letter = issue(case, "问题线索移送函", {"线索摘要": "拖延"}, confidential=True)
    assert numbers(holder_of(SUPERVISOR)) == [letter.number]
    assert "拖延" in lines_of(paper_file(letter.id, holder_of(SUPERVISOR))[1])
    for other in (holder_of(OFFICE), holder_of("natural_resources:leader"), admin()):
        assert numbers(other) == kinds(other) == case_file(case.id, other).documents == []
        with pytest.raises(NotFound):
            paper_view(letter.id, other)
        assert "移送" not in "".join(zipfile.ZipFile(io.BytesIO(dossier(case.id, other)[1])).namelist())


def test_page_print_file_and_dossier_mask_a_paper_for_everybody(begin):  # S-04, C-09
    case = begin(title="请回电 10012345678")
    paper = issue(case, "转办函", {"理由": "请联系 10012345678，2026-03-12 09:00 前"})
    for by in (holder_of("natural_resources:handler"), holder_of(OFFICE), admin()):
        file = case_file(case.id, by)
        words = [file.title, file.documents[0].title, *file.documents[0].body.values()]
        words += lines_of(paper_file(paper.id, by)[1])
        with zipfile.ZipFile(io.BytesIO(dossier(case.id, by)[1])) as archive:
            words += [line for name in archive.namelist() for line in lines_of(archive.read(name))]
        assert "10012345678" not in "".join(words)
        assert words.count("请联系 100****5678，2026-03-12 09:00 前") == 3


def test_a_letter_to_those_who_look_into_clues_says_whom_it_is_about(begin):  # F-C-6
    letter = issue(begin(), "问题线索移送函", {"涉及单位、人员": "张三 10012345678"}, confidential=True)
    assert "张三 10012345678" in "".join(lines_of(paper_file(letter.id, holder_of(SUPERVISOR))[1]))


@pytest.mark.parametrize(("kind", "body", "organ"), [
    ("督办单", {"督办单位": "县政府督查室", "要求": "抓紧"}, "县政府督查室"),
    ("催办单", {"要求": "抓紧"}, "工作专班"),
])  # fmt: skip
def test_a_paper_of_before_issuers_were_written_down_names_one(begin, kind, body, organ):
    paper = issue(begin(flow="xt_cannot"), kind, body)
    paper.issuer = ""
    session.commit()
    assert paper_view(paper.id, holder_of(OFFICE)).paper.texts["发文机关"] == organ


def test_a_paper_knows_whom_it_reached_and_who_has_read_it(begin):  # F-YL-3 送达回执
    case = begin()
    paper = issue(case, "吹哨报到通知")
    post = "post:natural_resources:liaison"
    session.add(Notice(case_id=case.id, post=post, text=f"{paper.number}：请报到", at=now(), read_at=now()))
    session.add(Notice(case_id=case.id, post=post, text="另一件事", at=now()))
    session.commit()
    [receipt] = paper_view(paper.id, holder_of(OFFICE)).receipts
    assert receipt.post == "县自然资源局联络员"
    assert receipt.read_at


def test_a_paper_keeps_the_title_and_the_template_it_was_issued_under(begin):
    case = begin(case_no="XT20260001", title="不动产登记")
    before = issue(case, "转办函")
    parts = read_archive(standard_template("letter"))
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"{{", "新版 {{".encode(), 1)
    edition = replace_template("letter", write_archive(parts), by=admin())
    case.title = "改了题目"
    session.commit()
    after = issue(case, "转办函")
    old, new = (lines_of(paper_file(each.id, holder_of(OFFICE))[1]) for each in (before, after))
    assert old[0] == "工作专班"
    assert "关于转办“不动产登记”的函" in old
    assert new[0] == "新版 工作专班"
    assert after.template_id == edition.id == session.query(TemplateEdition).count()


def test_the_dossier_has_forms_story_papers_and_the_seal_of_the_records(begin):  # CA-08
    case = begin(case_no="XT20260001", title="不动产登记")
    issue(case, "转办函")
    name, content = dossier(case.id, holder_of(OFFICE))
    assert name == "卷宗 XT20260001.zip"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist() == ["卷宗.docx", "文书/01 转办函〔2026〕1号.docx"]
        lines = lines_of(archive.read("卷宗.docx"))
    for words in ("XT20260001", "不动产登记", "转办函〔2026〕1号", "2026-03-12"):
        assert words in lines
    seal = next(line for line in lines if "核对无误" in line)
    assert len(seal.split("\n")[1]) == 64


def seals_of(case) -> dict[str, str]:
    """What a dossier says of each seal, and the seal."""
    with zipfile.ZipFile(io.BytesIO(dossier(case.id, holder_of(OFFICE))[1])) as archive:
        told = next(line for line in lines_of(archive.read(COVER)) if "核对无误" in line).split("\n")
    return dict(zip(told[::2], told[1::2], strict=True))


def test_every_dossier_of_a_closed_case_names_the_seal_of_its_archiving(county):  # CA-08, C-10
    close = service("close", "case.archive", parameters={"result": '"archived"'})
    rate = user("rate", name="评价", candidates='post("task_force", "head")', form="F.handle")
    drawn = diagram("closing", start(), close, rate, end("done"), flows="start close rate done")
    deploy("closing", FILES | {"closing.bpmn": drawn})
    case = start_process("closing", {}, by=SYSTEM).instance.case
    at_once = seals_of(case)
    do(case, "评价", result="满意")
    later = seals_of(case)
    assert at_once["共1条，核对无误"] == at_once["归档是第1条"] == later["归档是第1条"]
    assert later["共2条，核对无误"] != later["归档是第1条"]


def test_a_dossier_says_when_the_records_were_touched(begin):  # C-02
    case = begin()
    session.query(HistoryEvent).first().actor = "别人"
    session.commit()
    with zipfile.ZipFile(io.BytesIO(dossier(case.id, holder_of(OFFICE))[1])) as archive:
        assert any("核对不符：第" in line for line in lines_of(archive.read("卷宗.docx")))


def test_the_dossier_of_a_case_of_others_does_not_exist(begin):
    with pytest.raises(NotFound):
        dossier(begin().id, holder_of(STRANGER))
