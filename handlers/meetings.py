"""Minutes of 联席会议, 会办 and 1+X 会商 (F-C-7)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from config import ZONE
from handlers.cases import unit_name
from handlers.context import CaseContext
from handlers.documents import add_document
from handlers.notices import notify_post
from handlers.registry import handler
from handlers.submissions import newest_of

FORMS = ("F-C-7.apply", "F-C-7.convene", "F-C-7.record", "F-C-7.minutes")
#: By what the form calls it: the kind of paper, and what its head says before 纪要.
KINDS = {
    "joint": ("联席会议纪要", "联席会议"),
    "session": ("会办纪要", "会办会议"),
    "one_plus_x": ("会商纪要", "“1+X”会商会议"),
}


@handler("meeting.minutes", name="印发会议纪要", result="number：纪要编号")
def issue_minutes(
    case: CaseContext,
    to: Annotated[str, "送达的岗位，没有的不填"] = "",
    text: Annotated[str, "通知内容"] = "",
    main_to: Annotated[str, "主送（不填则为议定的责任单位）"] = "",
) -> dict[str, Any]:
    """按会议各表出纪要：时间地点、参会缺席、议题、各方意见、议定事项（XT-06、TZ-08、XX-16、YC-16）。"""
    said = newest_of(case, *FORMS)
    kind, meeting = KINDS[said.get("meeting_type") or "joint"]
    units = "、".join(unit_name(code) for code in (said.get("lead_org"), *(said.get("co_orgs") or ())) if code)
    body = {label: value for label, value in _facts(said, meeting, units).items() if value not in (None, "")}
    number = add_document(case, kind, main_to or units, body)
    case.note("minutes", f"印发{number}，送{main_to or units}")
    if to:
        notify_post(case, to, text)
    return {"number": number}


def _facts(said: Mapping[str, Any], meeting: str, units: str) -> dict[str, Any]:
    days = said.get("settle_days")
    return {
        "会议类型": meeting,
        "时间": _day(said.get("held_on") or said.get("meeting_on")),
        "地点、主持": said.get("place_host"),
        "参会": said.get("attend"),
        "缺席": said.get("absent"),
        "议题": said.get("topic") or said.get("agenda"),
        "各方意见": said.get("opinions"),
        "议定事项": said.get("requirement") or said.get("minutes_text"),
        "责任单位": units,
        "办理时限": f"{days}个工作日" if days else "",
        "适用容错": said.get("fault_tolerance") or None,
        "签发人": said.get("minutes_sign"),
    }


def _day(text: str | None) -> str:
    if not text:
        return ""
    moment = datetime.fromisoformat(text)
    return f"{moment.astimezone(ZONE) if moment.tzinfo else moment:%Y-%m-%d}"
