"""Lists of cases as Excel files: the rows of the page, as it shows them to this person, masked as there (S-04)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from engine.masking import mask
from models import Identity
from papers.sheets import Sheet, write_sheets
from queries.house.clock import local_now
from queries.lists.case_list import CaseRow, case_list, units_to_choose
from queries.lists.desk import TABS, desk
from queries.lists.desk_rows import DeskRow
from queries.lists.ladder import Step
from queries.statuses import STATUS_NAMES

MOST = 2000  # rows of one file; whoever needs more narrows the list
DAY, MOMENT = "%Y-%m-%d", "%Y-%m-%d %H:%M"
CASES = ("编号", "标题", "标记", "流程", "状态", "时限", "到期", "灯", "承办单位", "登记", "办结")
DESK = ("编号", "标题", "标记", "流程", "状态", "时限", "到期", "灯", "等谁办", "承办单位", "次数", "催办、督办、问责")


@dataclass(frozen=True)
class ListFile:
    """`told`: which list it is, how it was narrowed and how many rows it has, for the audit (S-04)."""

    content: bytes
    told: str


def cases_file(by: Identity, search: str = "", *, status: str = "", unit: str = "", most: int = MOST) -> ListFile:
    """The list of cases with its filters. See case_list()."""
    page = case_list(by, None, search, most, status=status, unit=unit)
    units = dict(units_to_choose(by))
    asked = {"查找": search, "状态": STATUS_NAMES.get(status, status), "承办单位": units.get(unit, unit)}
    rows = [_case(row) for row in page.rows]
    widths = (16, 50, 8, 26, 14, 20, 18, 14, 26, 18, 18)
    return list_file("事项列表", Sheet("事项", CASES, rows, widths), by, asked, limit=most if page.next else 0)


def desk_file(by: Identity, tab: str, most: int = MOST) -> ListFile:
    """One list of the supervision desk. Raises NotFound for another tab."""
    page = desk(by, tab, None, most)
    rows = [_desk(row) for row in page.rows]
    widths = (16, 50, 8, 26, 14, 20, 18, 14, 30, 26, 8, 60)
    sheet = Sheet(TABS[tab], DESK, rows, widths)
    return list_file(f"督查台：{TABS[tab]}", sheet, by, {}, limit=most if page.next else 0)


def _case(row: CaseRow) -> list[str]:
    due = (
        (row.due.name, f"{row.due.due_at:{MOMENT}}", row.due.light.words)
        if row.due and not row.closed_at
        else ("",) * 3
    )
    closed = f"{row.closed_at:{MOMENT}}" if row.closed_at else ""
    what = (row.case_no, row.title, row.mark, row.flow_name, row.status_name)
    return [*what, *due, row.lead_org, f"{row.created_at:{MOMENT}}", closed]


def _desk(row: DeskRow) -> list[str]:
    due = (row.due.name, f"{row.due.due_at:{MOMENT}}", row.due.light.words, row.due.whose) if row.due else ("",) * 4
    times = str(row.times) if row.times else ""
    what = (row.case_no, row.title, row.marked, row.flow_name, row.status_name)
    return [*what, *due, row.lead_org, times, "\n".join(_step(step) for step in row.ladder)]


def _step(step: Step) -> str:
    answer = f"{step.due_at:{DAY}}前反馈" if step.is_running and step.due_at else "等待反馈" if step.is_running else ""
    return "，".join(filter(None, (f"{step.name} {step.at:{DAY}}", step.over, answer)))


def list_file(title: str, sheet: Sheet, by: Identity, asked: Mapping[str, str], *, limit: int) -> ListFile:
    """With who took it and when on the list itself, and a sheet that says what was asked for: a list that leaves the
    house tells where it came from (S-04).

    `asked`: what it was narrowed to. `limit`: rows after which the list was cut off, 0 when it is whole.
    """
    rows, who, at = list(sheet.rows), f"{by.name}（{by.unit_name or by.username}）", f"{local_now():{MOMENT}}"
    cut = f"只导出了前{limit}行，后面还有。请缩小筛选范围，分几次导出。" if limit else ""
    narrowed = [[label, words] for label, words in asked.items() if words]
    said = [
        ["导出人", who],
        ["导出时间", at],
        ["列表", title],
        *narrowed,
        ["行数", f"{len(rows)}行。{cut or '这是全部。'}"],
        ["说明", "只有本人看得到的事项；个人信息已遮盖。内部资料，不得外传。"],
    ]
    shown = [*rows, [cut]] if cut else rows
    marked = replace(sheet, rows=shown, mark=f"{who}{at}导出，内部资料，不得外传")
    sheets = [marked, Sheet("导出说明", ["项目", "内容"], said, (14, 80))]
    # What was searched for may be somebody's number.
    which = [f"{label}：{mask('', words)}" for label, words in narrowed]
    return ListFile(write_sheets(sheets), f"{title}（{'；'.join([*which, f'{len(rows)}行'])}）")
