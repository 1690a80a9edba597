"""The case itself: its number, who handles it, how it ends."""

from typing import Annotated, Any

from sqlalchemy import select

from config import ZONE
from errors import NotFound
from handlers.context import CaseContext
from handlers.documents import add_document
from handlers.filing import put_on_file
from handlers.notices import LIAISONS, tell_unit
from handlers.numbers import next_number
from handlers.registry import handler
from models import CaseUnit, Unit, session
from models.case import COPIED


@handler("case.number", name="编号", result="case_no：事项编号", undoable=True)
def number_case(case: CaseContext, scheme: Annotated[str, "方案代号"]) -> dict[str, Any]:
    """给事项编号：方案代号＋年份＋四位流水号（C-01）。已编号的不重编。"""
    if not case.case.case_no:
        year = case.now.astimezone(ZONE).year
        case.case.case_no = f"{scheme}{year}{next_number(scheme, year):04d}"
    return {"case_no": case.case.case_no}


@handler("case.initiator", name="吹哨单位", result="unit：单位代号，name：单位名称", undoable=True)
def initiator(case: CaseContext) -> dict[str, Any]:
    """登记这个事项的单位，即吹哨的园区、镇（街道）（TZ-02）。"""
    mine = (CaseUnit.case_id == case.case.id) & (CaseUnit.role == "registrar")
    unit = session.scalar(select(CaseUnit.unit).where(mine))
    if unit is None:
        raise NotFound("没有登记单位。")
    return {"unit": unit, "name": unit_name(unit)}


@handler("case.dispatch", name="交办", undoable=True)
def dispatch(
    case: CaseContext,
    lead_org: Annotated[str, "主办单位", "unit"],
    co_orgs: Annotated[list, "协办单位"],
    requirement: Annotated[str, "交办要求"],
) -> dict[str, Any]:
    """把事项交给主办单位和协办单位；它们从此可以看到这个事项，并通知协办单位联络员（XT-05、C-04）。"""
    case.case.lead_org = lead_org
    for unit, role in [(lead_org, "lead"), *((org, "co") for org in co_orgs)]:
        take_part(case, unit, role)
    for unit in co_orgs:
        tell_unit(case, unit, f"请协办：{case.case.title}，主办单位{unit_name(lead_org)}", LIAISONS)
    helpers = f"，协办{'、'.join(map(unit_name, co_orgs))}" if co_orgs else ""
    case.note("dispatch", f"交办{unit_name(lead_org)}{helpers}")
    if requirement:
        case.note("requirement", f"交办要求：{requirement}")
    return {}


@handler("case.transfer_out", name="转出")
def transfer_out(
    case: CaseContext, target: Annotated[str, "接收机关"], reason: Annotated[str, "转出理由"]
) -> dict[str, Any]:
    """把事项转给本系统以外的机关，出转办函；此后不在本系统计时（XT-09）。"""
    number = add_document(case, "转办函", target, {"理由": reason})
    case.case.lead_org = None
    case.note("transfer_out", f"转{target}（{number}）")
    return {}


@handler("case.close", name="结案")
def close(case: CaseContext) -> dict[str, Any]:
    """登记办结时间；评价、报送还没有完，事项到归档才只读（YL-14）。"""
    case.case.closed_at = case.now
    case.note("close", "结案")
    return {}


@handler("case.archive", name="归档")
def archive(case: CaseContext, result: Annotated[str, "归档结果"]) -> dict[str, Any]:
    """办结归档。归档后只读（C-10）。此前已经结案的，办结时间仍是结案那一刻。"""
    put_on_file(case, result)
    case.case.closed_at = case.case.closed_at or case.now
    case.note("archive", "归档")
    return {}


@handler("case.exclude", name="剔除出考核")
def exclude(case: CaseContext, reason: Annotated[str, "剔除理由"]) -> dict[str, Any]:
    """登记不计入满意率等考核的理由，等待审核。"""
    case.case.excluded = reason
    case.note("exclude", f"提请不计入考核：{reason}")
    return {}


def take_part(case: CaseContext, unit: str, role: str) -> None:
    """Let a unit see the case from now on. One that has only looked on so far takes part now."""
    known = session.get(CaseUnit, (case.case.id, unit))
    if known is None:
        case.joined.setdefault(unit, None)
        session.add(CaseUnit(case_id=case.case.id, unit=unit, role=role))
    elif known.role == COPIED:
        case.joined.setdefault(unit, COPIED)
        known.role = role


def unit_name(code: str) -> str:
    name = session.scalar(select(Unit.name).where(Unit.code == code))
    if name is None:
        raise NotFound(f"没有代号为“{code}”的单位。")
    return name
