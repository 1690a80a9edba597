"""Deadlines that the flow itself moves. Reminders and supervision never do (C-08)."""

from typing import Annotated, Any

from config import ZONE
from handlers.context import CaseContext
from handlers.registry import handler


@handler("deadline.extend", name="延长时限", result="due：新的到期时间", undoable=True)
def extend(
    case: CaseContext,
    key: Annotated[str, "时限"],
    days: Annotated[int, "延长的工作日数"],
    why: Annotated[str, "因何延长，如“改为复杂件”（不填则为延期）"] = "",
) -> dict[str, Any]:
    """从原到期日往后延长若干工作日（XT-13、C-03）。"""
    due = case.deadlines.extend(key, days, case.clauses, why).astimezone(ZONE)
    case.note("extend", f"{why}{'，' if why else ''}延长{days}个工作日，新到期日 {due:%Y-%m-%d}")
    return {"due": due.isoformat()}


@handler("deadline.suspend", name="暂停时限", undoable=True)
def suspend(case: CaseContext, key: Annotated[str, "时限"]) -> dict[str, Any]:
    """停表。剩余时间留待恢复时接着算（XT-A5）。"""
    case.deadlines.suspend(key)
    case.note("suspend", "时限暂停")
    return {}


@handler("deadline.resume", name="恢复时限", result="due：新的到期时间", undoable=True)
def resume(case: CaseContext, key: Annotated[str, "时限"]) -> dict[str, Any]:
    """继续走表，按剩余时间推算新的到期日（XT-A5）。"""
    due = case.deadlines.resume(key).astimezone(ZONE)
    case.note("resume", f"时限恢复，到期日 {due:%Y-%m-%d}")
    return {"due": due.isoformat()}


@handler("deadline.reopen", name="恢复原时限", result="ladder：一并恢复的第一个时限，没有的为空", undoable=True)
def reopen(
    case: CaseContext,
    key: Annotated[str, "时限"],
    along: Annotated[list, "与它同时结束的，一并恢复：从高到低"],
) -> dict[str, Any]:
    """办的不算数，时限等于没有完成：接着计，到期日不变（C-08、XT-16）。与它同时结束的催办、督办时限一并恢复。"""
    dues = case.deadlines.reopen(key, along)
    due = dues[key].astimezone(ZONE)
    case.note("reopen", f"恢复原时限，到期日 {due:%Y-%m-%d}")
    return {"ladder": next((each for each in along if each in dues), "")}
