"""What a form says on a case's page: people's words, never the program's data."""

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

from models import SYSTEM, session
from operations.gate.case_words import refresh_words
from operations.gate.instances import start_process
from operations.house.deployments import deploy
from operations.people.abolition import abolish_unit
from queries.case.cases import case_file
from queries.case.dossier import COVER, dossier
from queries.lists.case_list import case_list
from queries.public.progress import progress
from tests.people import admin, another_holder_of, holder_of
from tests.queries.conftest import do
from tests.queries.flow import FILES
from tests.small_flow import form

ROWS = {
    "type": "dynamiclist",
    "path": "rows",
    "label": "到场人员",
    "components": [
        {"type": "select", "key": "unit", "label": "部门", "valuesKey": "units"},
        {"type": "textfield", "key": "who", "label": "联系人", "properties": {"personal": "name"}},
        {"type": "datetime", "key": "came", "label": "到场时间", "subtype": "datetime"},
    ],
}
UNIT = {"type": "select", "key": "unit", "label": "部门", "valuesKey": "units"}
HELD = {"type": "datetime", "key": "held", "label": "会议时间", "subtype": "datetime"}


def test_rows_and_times_are_read_under_their_labels_and_masked(county, clock):  # S-04
    deploy("secret", FILES | {"F.handle.form.json": form("F.handle", ROWS, HELD)})
    case = start_process("secret", {}, by=SYSTEM).instance.case
    came = [
        {"unit": "natural_resources", "who": "王小明", "came": "2026-03-12 09:05"},
        {"unit": "natural_resources", "who": "", "came": ""},
    ]
    do(case, "办理", rows=came, held="2026-03-12T01:00:00Z")
    session.expire_all()
    [sheet] = case_file(case.id, holder_of("natural_resources:handler")).sheets
    assert sheet.facts == [
        ("到场人员", "部门：县自然资源局，联系人：王某某，到场时间：2026-03-12 09:05；部门：县自然资源局"),
        ("会议时间", "2026-03-12 09:00"),
    ]


def test_a_unit_keeps_its_name_when_it_is_abolished(county, clock):
    deploy("secret", FILES | {"F.handle.form.json": form("F.handle", UNIT)})
    case = start_process("secret", {}, by=SYSTEM).instance.case
    do(case, "办理", unit="tax")
    abolish_unit("tax", "housing", by=admin())
    session.expire_all()
    [sheet] = case_file(case.id, holder_of("natural_resources:handler")).sheets
    assert sheet.facts == [("部门", "县税务局")]


REPORT = {"type": "textarea", "key": "reply", "label": "是否报送", "properties": {"confidential": "yes"}}
DONE = {"type": "textarea", "key": "done", "label": "办结情况", "properties": {"reply": "yes"}}


def test_a_confidential_answer_is_read_by_the_holders_of_clues_alone(county, clock):  # XT-20, CA-12
    deploy("secret", FILES | {"F.handle.form.json": form("F.handle", REPORT)})
    case = start_process("secret", {}, by=SYSTEM).instance.case
    do(case, "办理", reply="报送纪委监委")
    refresh_words()
    session.expire_all()
    unit, keeper = holder_of("natural_resources:handler"), holder_of("supervision_office:supervisor")
    assert case_file(case.id, keeper).facts == [("是否报送", "报送纪委监委")]
    assert case_file(case.id, unit).facts == []
    assert "报送" not in covers(case.id, unit)
    assert "报送" in covers(case.id, keeper)
    assert not case_list(keeper, search="报送纪委").rows


def test_what_somebody_wrote_in_confidence_they_alone_read_while_at_that_post_and_in_no_file(begin):  # XX-20, XT-20
    case = begin()
    do(case, "研究线索", opinion="立案")
    do(case, "说明情况", words="负面典型")
    leader, handler = holder_of("natural_resources:leader"), holder_of("natural_resources:handler")
    [own] = case_file(case.id, leader).sheets
    assert (own.facts, own.own) == ([("情况说明", "负面典型")], True)
    assert "负面典型" not in covers(case.id, leader)
    for other in (another_holder_of("natural_resources:leader"), handler, replace(leader, posts=handler.posts)):
        assert case_file(case.id, other).sheets == []


def test_whoever_brought_the_case_is_not_told_a_confidential_answer(county, clock):  # XT-20
    deploy("secret", FILES | {"F.handle.form.json": form("F.handle", REPORT, DONE)})
    case = start_process("secret", {}, by=SYSTEM).instance.case
    do(case, "办理", reply="报送纪委监委", done="已经修好")
    case.case_no, case.query_code, case.status = "XT20260001", "ABCDEFGH", "completed"
    session.commit()
    assert progress("XT20260001", "ABCDEFGH").replies == ["已经修好"]


def covers(case_id, by):
    """The text of the first paper of 卷宗."""
    with ZipFile(BytesIO(dossier(case_id, by)[1])) as whole, ZipFile(BytesIO(whole.read(COVER))) as cover:
        return cover.read("word/document.xml").decode()
