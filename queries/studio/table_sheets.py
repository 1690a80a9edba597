"""A decision table as an Excel sheet, and such a sheet as a table again: looked at before anybody saves it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from openpyxl.utils import get_column_letter

from engine.decisions import DecisionTable
from engine.decisions.reading import MAX_ROWS
from engine.decisions.rewriting import Row, any_as_empty, pair, rows_of, with_rows
from engine.feel import FeelError, compile_expression, compile_unary
from errors import AppError
from models import Identity
from operations.studio.opening import readable_draft
from papers.sheets import Sheet, read_grid, write_sheets
from queries.studio.drafts import draft_file
from queries.studio.tables import table_in

SAID = "说明"
MOST_FAULTS = 20
#: As FEEL writes them.
WORDS = {True: "true", False: "false", None: ""}


class BadTableSheet(AppError):
    """表格与决策表对不上。"""


@dataclass(frozen=True)
class Brought:
    """What a sheet makes of a table: `content` is the whole file, for the editor to open."""

    changes: list[str]
    content: str


def table_sheet(draft_id: int, name: str, decision: str, by: Identity) -> tuple[str, bytes]:
    """The table's name and its workbook: one row each, cells as they are written. Raises NotFound, InvalidDiagram."""
    content = draft_file(draft_id, name, by).content
    table = table_in(name, content, decision)
    head = heads(table)
    lines = [[*row.inputs, *row.outputs, row.said] for row in rows_of(content, name, table.id)]
    return table.name, write_sheets([Sheet("决策表", head, lines, widths=[*[22] * (len(head) - 1), 50])])


def bring_in(draft_id: int, name: str, content: bytes, decision: str, sheet: bytes, by: Identity) -> Brought:
    """What the rows of a workbook make of the table in `content`; nothing is saved.

    Raises NotFound, InvalidDiagram, BadSheets, BadTableSheet with the cells that are wrong.
    """
    readable_draft(draft_id, by)
    table = table_in(name, content, decision)
    rows = _read(table, sheet)
    old = rows_of(content, name, table.id)
    changes = [words for each in pair(old, rows) for words in _told(table, old, rows, each.before, each.after)]
    return Brought(changes, with_rows(content, name, table.id, rows).decode())


def heads(table: DecisionTable) -> list[str]:
    """Two columns may have one label: each has its number before it."""
    inputs = [f"输入{number} {column.label}" for number, column in enumerate(table.inputs, 1)]
    return [*inputs, *(f"输出{number} {column.label}" for number, column in enumerate(table.outputs, 1)), SAID]


def _read(table: DecisionTable, sheet: bytes) -> list[Row]:
    grid = next(iter(read_grid(sheet, WORDS).values()), [])
    expected = heads(table)
    _check_head(expected, [*grid[0]] if grid else [])
    lines = [(number, [*line, *[""] * len(expected)][: len(expected)]) for number, line in enumerate(grid[1:], 2)]
    kept = [(number, line) for number, line in lines if any(line)]
    if not 0 < len(kept) <= MAX_ROWS:
        raise BadTableSheet(f"应当有 1 至 {MAX_ROWS} 行规则，文件里有 {len(kept)} 行。")
    if faults := [fault for number, line in kept for fault in _faults(table, number, line)]:
        more = f"\n还有 {len(faults) - MOST_FAULTS} 处。" if len(faults) > MOST_FAULTS else ""
        raise BadTableSheet("\n".join(faults[:MOST_FAULTS]) + more)
    split = len(table.inputs)
    return [
        Row(tuple(any_as_empty(text) for text in line[:split]), tuple(line[split:-1]), line[-1]) for _, line in kept
    ]


def _check_head(expected: Sequence[str], head: list[str]) -> None:
    """Columns in another order, or another table's: each cell that is wrong is named."""
    while head and not head[-1]:
        head.pop()
    pairs = enumerate(zip_longest(expected, head, fillvalue=""), 1)
    wrong = [_wrong_head(place, wanted, found) for place, (wanted, found) in pairs if wanted != found]
    if wrong:
        raise BadTableSheet("\n".join([*wrong[:MOST_FAULTS], "请用导出的文件填写；增减列在页面上的表里做。"]))


def _wrong_head(place: int, wanted: str, found: str) -> str:
    cell = f"{get_column_letter(place)}1"
    return f"{cell} 应是“{wanted}”，文件里是“{found}”。" if wanted else f"{cell} 多了一列“{found}”。"


def _faults(table: DecisionTable, number: int, line: Sequence[str]) -> Iterator[str]:
    for place, text in enumerate(line[:-1]):
        cell = f"{get_column_letter(place + 1)}{number}"
        is_input = place < len(table.inputs)
        if not is_input and not text:
            yield f"{cell} 没有填写，没有值请写 null。"
        elif why := _why(compile_unary if is_input else compile_expression, text or "-"):
            yield f"{cell} 写的“{text}”有误：{why}"


def _why(read: Callable[[str], object], text: str) -> str:
    try:
        read(text)
    except FeelError as error:
        return str(error)
    return ""


def _told(table: DecisionTable, old: Sequence[Row], new: Sequence[Row], before: int, after: int) -> Iterator[str]:
    if not before:
        yield f"新增第 {after} 行：{_in_words(new[after - 1])}"
    elif not after:
        yield f"删除原第 {before} 行：{_in_words(old[before - 1])}"
    else:
        labels = [*(column.label for column in table.inputs), *(column.label for column in table.outputs), SAID]
        was, now = _cells(old[before - 1]), _cells(new[after - 1])
        moved = "" if before == after else f"（原第 {before} 行）"
        for label, one, other in zip(labels, was, now, strict=True):
            if one != other:
                yield f"第 {after} 行{moved}“{label}”：{one or _nothing(label)} 改为 {other or _nothing(label)}"


def _nothing(label: str) -> str:
    """What an empty cell says: an input lets anything pass."""
    return "（空）" if label == SAID else "任意"


def _cells(row: Row) -> list[str]:
    return [*row.inputs, *row.outputs, row.said]


def _in_words(row: Row) -> str:
    return "，".join(text or "任意" for text in [*row.inputs, *row.outputs])
