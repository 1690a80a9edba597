"""The hotline of 萧县: repeated calls, hot spots, marks (XX-05, XX-21)."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any

from sqlalchemy import select

from errors import MessageNotAccepted, NotFound
from handlers.cases import unit_name
from handlers.context import CaseContext
from handlers.documents import add_document
from handlers.filing import put_on_file
from handlers.likeness import alike
from handlers.merging import followers_among, why_not_merged
from handlers.notices import LIAISONS, notify_reporter, phone_of_reporter, send, tell_unit
from handlers.registry import handler
from handlers.submissions import newest_of
from models import Case, CaseLink, Document, ProcessInstance, Submission, Task, session
from models import link as links
from models.task import IS_OPEN

FLOW = "xx_hotline"
REGISTER, FEEDBACK = "F-XX-1.register", "F-C-4.feedback"
MERGED, MERGED_FOR = "并单登记表", "并单：核对是同一诉求人的同一件事（XX-05）"
#: Whose answer is on its way: whoever calls again hears of the matter that is handled, or has one of their own.
ANSWERED = "completed"
COMPARING = "N01_compare"
BEING_ANSWERED = (COMPARING, "N09_reply", "CA09_confirm")
PHONE = "reporter_phone"  # older versions of the flow ask for it too; it is compared by its mark
SAME_PLACE = ("place_org", "subject")


@handler(
    "hotline.similar",
    name="查重、查热点",
    result="main：疑似主单，没有的为0；main_no、main_title、main_place、main_event：它的编号和要素；hot：同地同类件数",
)
def similar(
    case: CaseContext,
    asked: Annotated[dict, "要相同的：诉求类型、事项类别、属地；电话总要相同"],
    words: Annotated[dict, "要相近的：标题、地点、事件，有一项就算"],
    days: Annotated[int, "几日内算重复"],
    hours: Annotated[int, "几小时内算热点"],
) -> dict[str, Any]:
    """找同一诉求人疑似同一件事的未办结主单，由人核对（XX-05）；数同一属地同类诉求近几小时内有几件，含本件（XX-21）。"""
    found = list(registered(case.now - max(timedelta(days=days), timedelta(hours=hours))))
    others = [(other, values, at) for other, values, at in found if other.id != case.case.id]
    alert = case.now - timedelta(hours=hours)
    hot = 1 + sum(at >= alert and all(values.get(key) == asked[key] for key in SAME_PLACE) for _, values, at in others)
    since = case.now - timedelta(days=days)
    callers = [(other, values) for other, values, at in others if at >= since and _is_same_caller(case.case, other)]
    mains = [(other, values) for other, values in callers if _is_like(values, asked, words)]
    found_ids = {other.id for other, _ in mains}
    not_now = _waiting(found_ids) | followers_among(found_ids)
    for other, values in mains:
        if other.closed_at is None and other.status != ANSWERED and other.id not in not_now:
            return {"main": other.id, "hot": hot, **_told(other, values)}
    return {"main": 0, "hot": hot, "main_no": "", "main_title": "", "main_place": "", "main_event": ""}


@handler("hotline.merge", name="并入主单")
def merge(case: CaseContext, main: Annotated[int, "主单"]) -> dict[str, Any]:
    """人核对是重复诉求的并入主单：主单上添一份并单登记表，通知其承办单位，告知诉求人，编号不变（XX-05）。

    核对时主单已经答复的，把那个答复告知诉求人。两件的事项页互相看得到，办理经过都有记录；并入的已经归档，不能解除。
    """
    instance = _held(main)
    other = instance.case
    if problem := why_not_merged(case.case.id, main):  # the form has said so already, unless it came about just now
        raise MessageNotAccepted(problem)
    on_main, said = _beside(case, other), newest_of(case.case, REGISTER)
    body = {
        "并入": case.case.case_no,
        "标题": case.case.title,
        "时间": said.get("occurred_at"),
        "地点": said.get("place"),
    }
    body |= {"事件": said.get("description"), "诉求": said.get("request_text")} if not case.case.confidential else {}
    number = add_document(on_main, MERGED, "主单", body)
    put_on_file(case, "merged")
    case.note("merge", f"并入{other.case_no}（{number}）")
    _link(case, instance)
    if other.lead_org:
        tell_unit(on_main, other.lead_org, f"同一诉求再次来电，{case.case.case_no}已并入本件", LIAISONS)
    reply = newest_of(other, FEEDBACK).get("public_reply") if other.closed_at or other.status == ANSWERED else None
    then = f"该件已经办结：{reply}" if reply else "一并办理，编号不变，办结后一并答复您"
    notify_reporter(case, f"您反映的“{case.case.title}”已并入{other.case_no}，{then}")
    return {}


@handler("hotline.answer", name="答复诉求人")
def answer(case: CaseContext, reply: Annotated[str, "答复内容"]) -> dict[str, Any]:
    """答复诉求人；并入本件的各件，按各自的编号和标题一并答复，留在各自的卷宗里（XX-05）。"""
    notify_reporter(case, f"您反映的“{case.case.title}”已办结：{reply}")
    for other in _merged_into(case.case):
        on_other = _beside(case, other)
        text = f"您反映的“{other.title}”（{other.case_no}，已并入{case.case.case_no}）已办结：{reply}"
        number = add_document(on_other, "并单答复登记表", "诉求人", {"主单": case.case.case_no, "答复": reply})
        phone = phone_of_reporter(on_other)
        if phone:
            send(case, "sms", phone, {"text": text})
        case.note("reply", f"一并答复{other.case_no}（{number}）")
    return {}


@handler("hotline.mark", name="作标记", result="number：编号")
def mark(case: CaseContext, kind: Annotated[str, "标记"], text: Annotated[str, "说明"]) -> dict[str, Any]:
    """记一条标记：不当退单（XX-19）、适用容错（XX-17）、挂账（XX-15）。只作记录，由有权机关认定。"""
    unit = unit_name(case.case.lead_org) if case.case.lead_org else ""  # later another may have the case
    number = add_document(case, f"{kind}登记表", "县数据资源局（政务服务局）", {"承办单位": unit, "说明": text})
    case.note("mark", f"{kind}：{text}")
    return {"number": number}


def registered(since: datetime) -> Iterable[tuple[Case, dict[str, Any], datetime]]:
    """Cases registered since then, each with what its first form says, the oldest first."""
    rows = (
        select(Case, Submission.values, Submission.at)
        .join(Submission, Submission.case_id == Case.id)
        .where(Case.flow == FLOW, Submission.form == REGISTER, Submission.at >= since)
    )
    return session.execute(rows.order_by(Case.id))


def _link(case: CaseContext, main: ProcessInstance) -> None:
    """Both files show it, and the history of the main case says it as of one that was merged by hand."""
    by = f"{case.by.name}（{case.by.unit_name}）" if case.by.unit_name else case.by.name
    told = {"reason": MERGED_FOR, "by": by, "at": case.now}
    session.add(CaseLink(case_id=case.case.id, other_id=main.case_id, kind=links.MERGED, **told))
    notes = [["words", f"理由：{MERGED_FOR}", ""], [links.OTHER, str(case.case.id), ""]]
    case.tell_elsewhere(main, "merged_in", case.case.case_no or "未编号的事项", notes)


def _held(main: int) -> ProcessInstance:
    """The case to merge into, as it stands, and nobody answers it until this move ends: an answer would miss the
    caller who is just being merged. Nobody waits with one case for another (linking takes the older first).

    Raises NotFound, StorageBusy while somebody moves it.
    """
    asked = select(ProcessInstance).where(ProcessInstance.case_id == main).with_for_update(nowait=True)
    instance = session.scalar(asked.execution_options(populate_existing=True))
    if instance is None:
        raise NotFound("没有找到要并入的主单。")
    session.refresh(instance.case)
    return instance


def _is_same_caller(one: Case, other: Case) -> bool:
    """By the number that was left, on whatever form. Of two who left none nobody knows that they are one."""
    return one.phone_hash is not None and one.phone_hash == other.phone_hash


def _is_like(values: Mapping[str, Any], asked: Mapping[str, Any], words: Mapping[str, str]) -> bool:
    """About the same kind of thing in the same town, and in words or place much the same."""
    same = all(values.get(key) == wanted for key, wanted in asked.items() if key != PHONE)
    return same and any(alike(str(values.get(key) or ""), said or "") for key, said in words.items())


def _waiting(cases: Collection[int]) -> set[int]:
    """Those among them that are being compared, answered or passed on now: nothing can be merged into these yet."""
    now = select(Task.case_id).where(IS_OPEN, Task.case_id.in_(cases), Task.element.in_(BEING_ANSWERED))
    return set(session.scalars(now)) if cases else set()


def _told(main: Case, values: Mapping[str, Any]) -> dict[str, str]:
    """What whoever compares reads of it; of a confidential one not what may tell whose it is (C-09)."""
    event = f"{values.get('description') or ''}\n诉求：{values.get('request_text') or ''}"
    return {
        "main_no": main.case_no or "",
        "main_title": main.title,
        "main_place": f"{values.get('occurred_at') or ''}，{values.get('place') or ''}",
        "main_event": "诉求人要求保密，不列" if main.confidential else event,
    }


def _merged_into(main: Case) -> Iterable[Case]:
    """The cases that were merged into it, by their numbers on its papers."""
    papers = select(Document).where(Document.case_id == main.id, Document.kind == MERGED).order_by(Document.id)
    numbers = [paper.body["并入"] for paper in session.scalars(papers)]
    return session.scalars(select(Case).where(Case.case_no.in_(numbers)).order_by(Case.id)) if numbers else ()


def _beside(case: CaseContext, other: Case) -> CaseContext:
    """The other case during this case's move: for its papers and notices."""
    return CaseContext(other, case.instance, case.now, case.by, case.deadlines, case.scheme, case.county)
