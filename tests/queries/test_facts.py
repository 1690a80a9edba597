"""What a form says on a case's page: people's words, never the program's data."""

from models import SYSTEM, session
from operations.abolition import abolish_unit
from operations.deployments import deploy
from operations.instances import start_process
from queries.cases import case_file
from tests.people import admin, holder_of
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
