"""The ladder for those who are late: reminder (催办), supervision (督办), clue (问责线索)."""

from datetime import datetime
from typing import Annotated, Any

from sqlalchemy import select

from handlers.cases import unit_name
from handlers.context import CaseContext
from handlers.documents import add_document, organ
from handlers.lateness import lateness, lateness_of_unit
from handlers.notices import tell_unit
from handlers.orders import supervised_by, title_for_all
from handlers.paper_copies import named_copies, posts_to_copy, send_copies
from handlers.registry import handler
from handlers.submissions import newest_of
from models import Clue, Post, Task, session, unit_of
from models.outbox import URGE
from models.succession import serving_posts
from models.task import OPEN

TRANSFER, LETTER = ("F-C-6.transfer", "F-YL-2.report"), "问题线索移送函"
AT_ONCE = "立即"  # 反馈时限 where neither the document nor a parameter gives one


@handler("urge.raise", name="催办", result="number：催办单编号", escalates=True)
def raise_reminder(
    case: CaseContext,
    to: Annotated[str, "催办对象单位", "unit"],
    requirement: Annotated[str, "催办要求"],
    due: Annotated[str, "反馈时限（不填则要求立即反馈）"] = "",
    owner: Annotated[str, "催办单位（不填则为本方案的发文机关）"] = "",
    signer: Annotated[str, "签发人：姓名、职务，或签发的岗位"] = "",
    limit: Annotated[str, "催办的是哪个时限（不填则为逾期最久的）"] = "",
    cc: Annotated[object, "抄送的岗位"] = None,
) -> dict[str, Any]:
    """出催办单，送承办单位联络员和负责人。催办不改变原时限（XT-18、C-08）。"""
    copied = posts_to_copy(case, cc)
    facts = {"抄送": named_copies(copied, to), "签发人": _signer(case, signer), "反馈时限": "" if due else AT_ONCE}
    body = {
        "级别": "催办",
        "要求": requirement,
        **lateness(case, limit),
        **{label: said for label, said in facts.items() if said},
    }
    due_at = datetime.fromisoformat(due) if due else None
    number = add_document(case, "催办单", unit_name(to), body, due_at, issuer=owner)
    tell_unit(case, to, f"{number}：{requirement}", kind=URGE)
    send_copies(case, copied, to, f"{number}：抄送，{requirement}")
    case.note("urge", f"{number}，送{unit_name(to)}")
    return {"number": number}


@handler("supervision.raise", name="督办", result="number：督办单编号", escalates=True)
def raise_supervision(
    case: CaseContext,
    level: Annotated[str, "督办级别"],
    owner: Annotated[str, "督办单位"],
    to: Annotated[str, "督办对象单位", "unit"],
    requirement: Annotated[str, "督办要求"],
    due: Annotated[str, "反馈时限"],
    cc: Annotated[object, "抄送的岗位"] = None,
    signer: Annotated[str, "签发人：姓名、职务，或签发的岗位"] = "",
) -> dict[str, Any]:
    """出督办单，由督办单位督促承办单位办理（XT-19）。"""
    about = supervised_by(case.case.id)  # a 督办单 by hand is a case of its own
    late = lateness_of_unit(case, about, to) if about else lateness(case)
    body = {"级别": level, "督办单位": unit_name(owner), "要求": requirement, **late}
    if about:
        body["原事项"] = f"{about.case_no or '未编号'}　{title_for_all(about)}"
    copied, signed = posts_to_copy(case, cc), _signer(case, signer)
    body |= {label: said for label, said in (("抄送", named_copies(copied, to)), ("签发人", signed)) if said}
    number = add_document(case, "督办单", unit_name(to), body, datetime.fromisoformat(due), issuer=owner)
    tell_unit(case, to, f"{number}：{requirement}", kind=URGE)
    send_copies(case, copied, to, f"{number}：抄送，{requirement}")
    case.note("supervise", f"{number}，{unit_name(owner)}督办{unit_name(to)}")
    return {"number": number}


@handler(
    "clue.raise",
    name="登记问责线索",
    result="raised：是不是新登记的；id：线索；reason：原因；pending：这条线索正等着决定",
)
def raise_clue(
    case: CaseContext,
    org: Annotated[str, "涉及单位", "unit"],
    reason: Annotated[str, "线索原因"],
    summary: Annotated[str, "线索摘要"],
    receiver: Annotated[str, "接收机关（已决定移送的填写）"] = "",
    decision: Annotated[str, "决定这条线索的环节（图形代号）"] = "",
) -> dict[str, Any]:
    """登记一条问责线索，由有权人员决定如何处理；系统不作处理决定（XT-20）。线索不让涉及单位看到。

    一个事项里，同一单位同一原因只登记一次。
    """
    same = select(Clue).where(Clue.case_id == case.case.id, Clue.org == org, Clue.reason == reason)
    if known := session.scalars(same.order_by(Clue.id).limit(1)).first():
        case.note("clue", f"同一问责线索已登记过：{reason}")
        return {"raised": False, "id": known.id, "reason": reason, "pending": _is_pending(known, decision, case.now)}
    clue = Clue(case_id=case.case.id, org=org, reason=reason, summary=summary, raised_at=case.now)
    session.add(clue)
    session.flush()  # its tasks name it
    case.note("clue", f"登记问责线索：{reason}")
    said = {"raised": True, "id": clue.id, "reason": reason, "pending": False}
    return said | (transfer_clue(case, receiver, clue=clue.id) if receiver else {})


def _is_pending(clue: Clue, decision: str, now: datetime) -> bool:
    """Whether somebody is to decide on this very clue: a task for it is open, or is only now being made, where two
    limits that ran out together raise the clue in one move. Another clue of the case is another decision (CA-12).
    """
    about = select(Task.state).where(Task.clue_id == clue.id, Task.element == decision)
    states = session.scalars(about).all()
    return OPEN in states or (not states and clue.raised_at == now)


@handler("clue.transfer", name="出移送函", result="number：移送函编号")
def transfer_clue(
    case: CaseContext,
    receiver: Annotated[str, "接收机关：单位代号、岗位或名称"],
    owner: Annotated[str, "移送单位（不填则为本方案的发文机关）"] = "",
    clue: Annotated[int, "移送的是哪一条线索（不填则不写明）"] = 0,
) -> dict[str, Any]:
    """按移送表出问题线索移送函（F-C-6），只有有线索权限的人看得到；决定不移送的不出（TZ-30、YL-20）。"""
    said = newest_of(case.case, *TRANSFER)
    if said.get("clue_transfer") == "none":
        return {"number": ""}
    to = organ(unit_of(receiver) if receiver.startswith("post:") else receiver)
    body = {
        "线索摘要": said.get("clue") or "",
        "涉及单位、人员": said.get("persons") or organ(said.get("clue_unit") or ""),
        "附卷材料清单": said.get("evidence") or "",
        "移送单位、签发人": said.get("from_unit") or "",
        "回执": said.get("receipt") or "",
    }
    number = add_document(case, LETTER, to, body, issuer=owner, confidential=True, clue=clue or None)
    case.note("clue", f"{number}，移送{to}")
    return {"number": number}


def _signer(case: CaseContext, signer: str) -> str:
    """Whoever sends it, when of this post; of what the clock sends the name of whoever holds the post, of one that
    several or none hold the post's own (F-C-3 签发人).
    """
    if not signer.startswith("post:"):
        return signer
    if signer in case.by.post_keys:
        return case.by.name
    post = session.get(Post, serving_posts([signer]).get(signer, signer))
    if post is None:
        return ""
    holders = [each.name for each in post.holders if not each.disabled]
    return holders[0] if len(holders) == 1 else f"{organ(post.unit.code)}{post.role_name}"
