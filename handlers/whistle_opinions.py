"""征求意见 of a whistle of 宜良: whom it is asked of, and what each has said (YL-08)."""

from datetime import datetime
from typing import Annotated, Any

from config import ZONE
from handlers.cases import unit_name
from handlers.context import CaseContext
from handlers.registry import handler

SAID = {"agree": "同意", "suggest": "有修改意见", "disagree": "不同意", "none": "到期没有回复，视为无意见"}


@handler("whistle.whom", name="排定征求对象", result="rows：每个部门、每位县级领导一行")
def whom_to_ask(
    case: CaseContext,
    participants: Annotated[list, "涉及部门"],
    leaders: Annotated[list, "需参与的县级领导，一位一行，写职务"],
    leader_unit: Annotated[str, "县级领导的单位"],
    leader_role: Annotated[str, "县级领导的岗位"],
) -> dict[str, Any]:
    """涉及部门由联络员提出意见，县级领导各自提出，待办写明是哪一位（YL-08）。"""
    units = dict.fromkeys(row["unit"] for row in participants)
    of_units = [_row(unit, unit, "liaison", unit_name(unit)) for unit in units]
    of_leaders = [_row(row["duty"], leader_unit, leader_role, row["duty"]) | {"label": row["duty"]} for row in leaders]
    return {"rows": [*of_units, *of_leaders]}


@handler("whistle.opinions", name="汇总征求的意见", result="text：一家一行")
def gather_opinions(case: CaseContext, consultations: Annotated[list, "各家的意见"]) -> dict[str, Any]:
    """写明每一家的意见，随申请送吹哨办；到期没有回复的写明视为无意见（YL-08）。"""
    lines = [_line(row) for row in consultations]
    case.note("opinions", f"征求意见：{'；'.join(lines)}")
    return {"text": "\n".join(lines)}


def _row(key: str, unit: str, role: str, name: str) -> dict[str, str]:
    return {"key": key, "unit": unit, "role": role, "name": name, "label": ""}


def _line(row: dict[str, Any]) -> str:
    """县水务局：有修改意见，先勘验（2026-03-03）: who, what, when, as the sheet of the whistle has it (F-YL-2)."""
    said = "，".join(filter(None, [SAID[row["opinion"]], row["text"]]))
    return f"{row['who']}：{said}（{datetime.fromisoformat(row['at']).astimezone(ZONE):%Y-%m-%d}）"
