"""The organisation goes out as an Excel file and comes back changed (issue 4, point 1)."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from errors import AlreadyChanged
from models import SYSTEM, OrganisationChange, Unit, User, session
from operations.people.organisation_book import look_at, read_book, take_over
from operations.people.organisation_standing import COLUMNS, PEOPLE, POSTS, SUBSTITUTIONS, UNITS
from operations.people.substitution import set_substitution
from operations.people.users import sign_in
from papers.sheets import BadSheets, Line, Sheet, read_sheets, write_sheets
from queries.house.organisation_book import TO_READ, empty_template, organisation_file
from tests.people import admin, holder_of, keeper
from tests.statements import statements

Rows = dict[str, list[dict[str, str]]]


@pytest.fixture
def book(county: None) -> Callable[..., bytes]:
    """The file that was taken out, with these rows changed (by what they are about) or added."""

    def changed(**sheets: dict[str, dict[str, str]]) -> bytes:
        rows = {name: {_key(name, line): dict(line.texts) for line in lines} for name, lines in _taken_out().items()}
        for name, changes in sheets.items():
            for key, values in changes.items():
                rows[name][key] = rows[name].get(key, dict.fromkeys(_HEADS[name], "")) | values
        return write_sheets(Sheet(name, _HEADS[name], [list(r.values()) for r in rows[name].values()]) for name in rows)

    return changed


_HEADS = {name: [*COLUMNS[name], *TO_READ[name]] for name in COLUMNS}


def _taken_out() -> dict[str, list[Line]]:
    sheets = read_sheets(organisation_file())
    return {name: sheets[name] for name in _HEADS}


def _key(sheet: str, line: Line) -> str:
    first, second = (line.texts[column] for column in _HEADS[sheet][:2])
    return f"{first}:{second}" if sheet == POSTS else first


def look(content: bytes):
    return look_at(read_book(content), by=SYSTEM)


def told(outcome) -> list[tuple[str, str]]:
    return [(change.kind, change.words) for change in outcome.changes]


STAND_IN = {"person": "shuiwu", "since": "2026-03-12", "until": "2026-03-20"}
WATER = {"代号": "water_works", "名称": "=自来水公司", "上级单位": "market_bureau", "类别": "部门", "承办事项": "是"}
METERS = {"代号": "meters", "名称": "水表站", "上级单位": "water_works", "类别": "园区", "承办事项": "否"}
NEW = {
    UNITS: {"meters": METERS, "water_works": WATER, "tax": {"名称": "县税务局（新）", "上级单位": "task_force"}},
    POSTS: {"meters:liaison": {"单位": "meters", "岗位": "liaison"}},
    PEOPLE: {
        "xinren": {"用户名": "xinren", "姓名": "新人", "岗位": "meters:liaison", "状态": "在用"},
        "ziran": {"姓名": "黄志刚", "岗位": "natural_resources:handler"},
        "minzheng": {"状态": "停用"},
    },
    SUBSTITUTIONS: {
        "new": {
            **{"岗位": "natural_resources:handler", "代谁": "ziran", "由谁代理": "shuiwu"},
            **{"从": "2026-03-12", "到": "2026-03-20"},
        }
    },
}


def test_what_is_taken_out_and_brought_back_as_it_was_changes_nothing(county, clock):
    holder = session.scalar(select(User.id).where(User.username == "ziran"))
    set_substitution("natural_resources:liaison", STAND_IN | {"holder": str(holder)}, by=SYSTEM)
    outcome = look(organisation_file())
    assert (outcome.changes, outcome.refused) == ([], [])
    assert read_book(empty_template()) == {UNITS: [], POSTS: [], PEOPLE: [], SUBSTITUTIONS: []}


def test_rows_that_say_nothing_new_cost_nothing_while_others_wait(county):  # 4500 people held SQLite's lock for 20 s
    book = read_book(organisation_file())
    with statements() as asked:
        assert look_at(book, by=SYSTEM).changes == []
    assert len(book[PEOPLE]) > 20
    assert len(asked) <= 6


def test_looking_says_what_would_change_and_writes_nothing_and_all_of_it_is_done_when_confirmed(book, clock):
    content = book(**NEW)
    seen = look(content)
    assert seen.refused == []
    assert told(seen) == [
        ("改名", "县税务局：名称“县税务局”改为“县税务局（新）”"),
        ("移动", "县税务局：上级单位“湘潭县人民政府”改为“工作专班（县行政审批局）”"),
        ("新增", "新增单位=自来水公司（water_works），上级单位：县市场监管局"),
        ("新增", "新增单位水表站（meters），上级单位：=自来水公司"),
        ("新增", "设岗：水表站联络员（meters:liaison）"),
        ("停用", "谭丽华（minzheng）停用"),
        ("改名", "黄志强（ziran）改名为黄志刚"),
        ("免去", "黄志刚（ziran）不再担任县自然资源局联络员"),
        ("新增", "添加人员新人（xinren）：水表站联络员"),
        ("代理", "孟超代黄志刚任县自然资源局经办人，2026-03-12 至 2026-03-20"),
    ]
    assert session.scalar(select(Unit).where(Unit.code == "meters")) is None
    assert session.scalars(select(OrganisationChange)).all() == []

    done = take_over(read_book(content), seen.digest, by=SYSTEM)
    session.expire_all()
    assert sign_in("xinren", done.passwords["xinren"]).unit_name == "水表站"
    assert session.scalars(select(Unit).where(Unit.code == "water_works")).one().name == "=自来水公司"
    assert session.scalars(select(User.disabled).where(User.username == "minzheng")).one()
    assert "姓名“黄志强”改为“黄志刚”" in session.scalars(select(OrganisationChange.what)).all()
    assert look(organisation_file()).changes == []
    with pytest.raises(AlreadyChanged):  # the file would now change nothing: what was seen is not what is done
        take_over(read_book(content), seen.digest, by=SYSTEM)


REFUSED = [
    (UNITS, {"代号": "Water", "名称": "甲", "类别": "部门", "承办事项": "是"}, "代号：代号应以小写字母开头"),
    (UNITS, {"代号": "a1", "名称": "甲", "类别": "厅", "承办事项": "是"}, "类别："),
    (UNITS, {"代号": "a2", "名称": "甲", "上级单位": "no", "类别": "部门", "承办事项": "是"}, "上级单位："),
    (UNITS, {"代号": "a3", "名称": "甲", "类别": "部门", "承办事项": "对"}, "应填“是”或“否”"),
    (UNITS, {"代号": "county", "名称": "县政府", "类别": "部门", "承办事项": "否"}, "与第2行重复"),
    (UNITS, {"代号": "a4", "名称": "甲", "上级单位": "a5", "类别": "部门", "承办事项": "是"}, "上级单位："),
    (UNITS, {"代号": "a5", "名称": "乙", "上级单位": "a4", "类别": "部门", "承办事项": "是"}, "上级单位："),
    (POSTS, {"单位": "nowhere", "岗位": "liaison"}, "没有代号为“nowhere”的单位"),
    (POSTS, {"单位": "tax", "岗位": "agent", "岗位名称": "接线员"}, "的岗位叫“受理员”"),
    (PEOPLE, {"用户名": "xinren", "姓名": "新人", "岗位": "tax:king"}, "没有岗位“tax:king”"),
    (PEOPLE, {"用户名": "a b", "姓名": "新人"}, "用户名“a b”应为"),
    (PEOPLE, {"用户名": "xin2", "姓名": "新" * 41}, "姓名超过40字"),
    (PEOPLE, {"用户名": "xin3", "姓名": "新人", "状态": "离职"}, "状态应填“在用”或“停用”"),
    (SUBSTITUTIONS, {"岗位": "tax:liaison", "代谁": "ziran", "由谁代理": "shuiwu"}, "代谁："),
]


def test_a_row_that_cannot_be_is_named_with_the_reason_and_then_nothing_is_taken(book):
    added: dict = {}
    for number, (sheet, row, _) in enumerate(REFUSED):
        added.setdefault(sheet, {})[f"new{number}"] = row
    content, last = book(**added), {name: len(lines) + 1 for name, lines in _taken_out().items()}
    found = look(content)
    for sheet, _, why in REFUSED:
        last[sheet] += 1
        [refused] = [each for each in found.refused if (each.sheet, each.row) == (sheet, last[sheet])]
        assert why in refused.why
    assert len(found.refused) == len(REFUSED)
    with pytest.raises(AlreadyChanged):
        take_over(read_book(content), found.digest, by=SYSTEM)


def test_each_administrator_reads_their_own_sheets_of_the_same_file_and_nobody_else_any(book, clock):  # S-01 三员分立
    content = read_book(book(**NEW))
    assert {row.sheet for row in look_at(content, by=admin()).changes} == {UNITS, POSTS}
    theirs = look_at(content, by=keeper())
    assert ({row.sheet for row in theirs.changes}, theirs.unread) == ({PEOPLE, SUBSTITUTIONS}, [UNITS, POSTS])
    assert [row.why for row in theirs.refused] == [
        "没有岗位“meters:liaison”；应写作 单位代号:角色代号，例如 natural_resources:liaison。"
    ]
    nobody = look_at(content, by=holder_of("task_force:head"))
    assert (nobody.changes, nobody.refused, set(nobody.unread)) == ([], [], set(COLUMNS))


def test_a_file_of_other_sheets_is_refused(county):
    for sheet in (Sheet("花名册", ["姓名"], [["x"]]), Sheet(PEOPLE, ["用户名"], [["x"]])):
        with pytest.raises(BadSheets):
            read_book(write_sheets([sheet]))
