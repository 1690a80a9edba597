"""会议通知 and minutes of 联席会议, 会办 and 1+X 会商 (F-C-7)."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from sqlalchemy import select

from handlers.agenda import call_meeting, raise_topic, settle_topic, start_of
from handlers.cases import take_part, unit_name
from handlers.context import CaseContext
from handlers.dates import day_of
from handlers.documents import add_document
from handlers.notices import notify_post, posts_of_role, tell, tell_unit
from handlers.registry import handler
from handlers.submissions import newest_of
from models import CaseUnit, Post, Unit, session
from models.succession import serving_posts

FORMS = ("F-C-7.apply", "F-C-7.convene", "F-C-7.record", "F-C-7.minutes")
#: By what the form calls it: the kind of its minutes, and what their head says before 纪要.
KINDS = {
    "joint": ("联席会议纪要", "联席会议"),
    "session": ("会办纪要", "会办会议"),
    "one_plus_x": ("会商纪要", "“1+X”会商会议"),
}
WAY = "请派能当场表态的负责人准时参加，带齐与本单位职责有关的政策依据和意见；不能到会的提前说明，缺席的记名。"
LATER = "由会议秘书另行通知"


@handler("meeting.invite", name="出会议通知", result="number：会议通知编号")
def invite(
    case: CaseContext,
    meeting_type: Annotated[str, "会议类型：joint、session、one_plus_x"],
    topic: Annotated[str, "议题"],
    units: Annotated[list, "参会单位"] = (),  # type: ignore[assignment]
    role: Annotated[str, "各单位都有的岗位；填了的，这个岗位全部参会"] = "",
    arrangement: Annotated[str, "时间地点（不填则由会议秘书另行通知）"] = "",
    owner: Annotated[str, "召集单位（不填则为本方案的发文机关）"] = "",
    desk: Annotated[str, "会议秘书岗位，请其排入议程"] = "",
    name: Annotated[str, "会议按会期定的名称，事项从此这样叫（不填则事项名称不变）"] = "",
    keeper: Annotated[str, "定时间、管签到的岗位（不填则为会议秘书岗位）"] = "",
    on: Annotated[str, "会议日期；已经定了的填，会议通知就带签到码"] = "",
    place: Annotated[str, "会议地点，会议日期定了的填"] = "",
) -> dict[str, Any]:
    """出会议通知，送各参会单位；没有一家参会的不出（F-C-7、TZ-08、XT-06、XX-16、YC-16）。"""
    meeting = KINDS[meeting_type][1]
    name = _called(case, name) or meeting
    if desk:
        notify_post(case, desk, f"请排入{meeting}议程：{name}")
    invited = list(dict.fromkeys(units))
    posts = posts_of_role(role) if role else ()
    keeper = serving_posts([keeper or desk]).get(keeper or desk, keeper or desk)
    item = raise_topic(case, meeting_type, topic, [*invited, *_units_of(posts)], post=keeper)
    if not invited and not posts:
        return {"number": ""}
    main_to = "各成员单位" if role else "、".join(map(unit_name, invited))
    title = f"关于召开{meeting}的通知" if meeting in name else f"关于召开“{name}”{meeting}的通知"
    body = {"标题": title, "议题": topic, "时间、地点": arrangement or LATER, "要求": WAY}
    number = add_document(case, "会议通知", main_to, body, issuer=owner)
    item.paper = number
    text = f"{number}：请参加{meeting}：{name}，{arrangement or '时间地点' + LATER}"
    if on:
        called = call_meeting([item], start_of(on), place, by=case.by.name, at=case.now, has_time=False)
        text += f"，签到码 {called.code}"
    for unit in invited:
        take_part(case, unit, "office")
        tell_unit(case, unit, text)
    tell(case, posts, text)
    case.note("notice", f"{number}，送{main_to}")
    return {"number": number}


@handler("meeting.minutes", name="印发会议纪要", result="number：纪要编号")
def issue_minutes(
    case: CaseContext,
    to: Annotated[str, "送达的岗位，没有的不填", "post"] = "",
    text: Annotated[str, "通知内容"] = "",
    main_to: Annotated[str, "主送（不填则为议定的责任单位）"] = "",
    meeting_type: Annotated[str, "会议类型（表上写了的以表为准）"] = "joint",
    forms: Annotated[list, "记录会议的表（不填则为 F-C-7 各表）"] = FORMS,  # type: ignore[assignment]
    decision: Annotated[str, "议定事项（不填则按会议记录）"] = "",
    owner: Annotated[str, "召集单位（不填则为本方案的发文机关）"] = "",
    name: Annotated[str, "会议按开会那天的名称，事项从此这样叫（不填则事项名称不变）"] = "",
) -> dict[str, Any]:
    """按会议各表出纪要：时间地点、参会缺席、议题、各方意见、议定事项（XT-06、TZ-08、XX-16、YC-16）。"""
    _called(case, name)
    said = newest_of(case.case, *forms)
    kind, meeting = KINDS[said.get("meeting_type") or meeting_type]
    decided = [row["org"] for row in said.get("decisions") or ()]
    settled = [code for code in dict.fromkeys((said.get("lead_org"), *(said.get("co_orgs") or ()), *decided)) if code]
    units = _names(settled or _of_case(case))
    facts = _facts(said, meeting, units) | _attendance(case, said) | ({"议定事项": decision} if decision else {})
    body = {label: value for label, value in facts.items() if value not in (None, "")}
    number = add_document(case, kind, main_to or units, body, issuer=owner)
    case.note("minutes", f"印发{number}，送{main_to or units}")
    held_on, place = said.get("held_on") or said.get("meeting_on"), said.get("place_host") or ""
    settle_topic(case, said.get("meeting_type") or meeting_type, facts["议题"] or "", number, held_on, place)
    if to:
        notify_post(case, to, text)
    return {"number": number}


def _units_of(posts: Iterable[str]) -> Iterable[str]:
    return session.scalars(select(Unit.code).join(Post).where(Post.key.in_(list(posts)))) if posts else ()


def _called(case: CaseContext, name: str) -> str:
    """A meeting that is put off or brought forward is not called after the day it was planned for."""
    case.case.title = name or case.case.title
    return case.case.title or ""


def _facts(said: Mapping[str, Any], meeting: str, units: str) -> dict[str, Any]:
    days = said.get("settle_days")
    return {
        "会议类型": meeting,
        "时间": _day(said.get("held_on") or said.get("meeting_on")),
        "地点、主持": said.get("place_host"),
        "参会": "",  # here, that it comes before what was said
        "缺席": "",
        "议题": said.get("topic") or said.get("agenda"),
        "各方意见": said.get("opinions"),
        "议定事项": said.get("requirement") or _with_rows(said) or said.get("plan"),
        "责任单位": units,
        "责任分工": said.get("owner"),
        "办理时限": f"{days}个工作日" if days else _day(said.get("handle_until")),
        "适用容错": said.get("fault_tolerance") or None,
        "签发人": said.get("minutes_sign"),
    }


def _with_rows(said: Mapping[str, Any]) -> str:
    """The words of the minutes, and under them what was decided row by row, each with its lead unit and day (YC-16)."""
    rows = (
        f"{no}．{row['decision']}（主办单位：{unit_name(row['org'])}，限期：{row['due']}）"
        for no, row in enumerate(said.get("decisions") or (), 1)
    )
    return "\n".join([said.get("minutes_text") or "", *rows]).strip()


def _attendance(case: CaseContext, said: Mapping[str, Any]) -> dict[str, Any]:
    """As the form words it; where it only ticks who was absent, the other units of the case attended (TZ-08)."""
    if said.get("attend"):
        return {"参会": said["attend"], "缺席": said.get("absent")}
    absent = said.get("absent_orgs") or []
    return {"参会": _names(unit for unit in _of_case(case) if unit not in absent), "缺席": _names(absent)}


def _of_case(case: CaseContext) -> list[str]:
    """The units that handle it, the lead before the others."""
    mine = select(CaseUnit.unit).where(CaseUnit.case_id == case.case.id, CaseUnit.role == "co").order_by(CaseUnit.unit)
    others = [unit for unit in session.scalars(mine) if unit != case.case.lead_org]
    return [*([case.case.lead_org] if case.case.lead_org else []), *others]


def _names(units: Iterable[str]) -> str:
    return "、".join(map(unit_name, units))


def _day(text: str | None) -> str:
    return day_of(text).isoformat() if text else ""
