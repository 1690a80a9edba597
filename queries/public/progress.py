"""How far a case is, for its reporter: by number and query code, in plain words, nothing personal in it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from config import ZONE
from engine.forms import Form
from engine.masking import Masking
from models import Case, CaseLink, Deadline, ProcessInstance, Submission, now, session
from models.deadline import RUNNING
from models.link import MERGED
from operations.public.reporter_acts import SUSPENDED
from operations.public.reporters import case_of, pass_for
from operations.public.supplements import why_not_supplemented
from queries.case.stops import stops
from queries.public.reporter_acts import offered_acts
from reference import definitions
from reference.past_versions import forms_ever

#: What the house calls it, as its reporter understands it.
PLAIN = {
    "draft": "正在登记",
    "submitted": "已经登记，正在确认由谁受理",
    "accepted": "已经受理，正在安排承办单位",
    "rejected": "不属受理范围，没有受理",
    "transferred_out": "已经转给有权处理的机关",
    "dispatched": "已经交给承办单位，等待签收",
    "signed": "承办单位已经签收",
    "in_progress": "承办单位正在办理",
    "return_pending": "正在核对由哪个单位承办",
    "extension_pending": "承办单位正在办理，并申请了延期",
    "on_hold": "正在由有关部门协调推进",
    "feedback": "承办单位已经反馈结果",
    "verifying": "正在核查办理结果",
    "revisiting": "正在回访，请留意来电",
    "completed": "已经办结",
    "written_off": "已经办结",
    "archived": "已经办结归档",
}
#: No unit has it yet: the limit of the work may run from the registration, and is nobody's to keep (YC-06, YC-12).
UNGIVEN = ("draft", "submitted", "accepted")
#: The same where the diagrams of its flow have no 签收 (TZ-07: 报到部门接单即回应).
UNSIGNED = {"dispatched": "已经交给承办单位办理"}
SIGNED = "signed"
#: 办结 or 销号, though what remains of the flow (评价, 归档) keeps the case open: whoever brought it has been answered.
ANSWERED = ("completed", "written_off")
#: Fields whose text was written for the reporter; a form marks others with `REPLY` = yes (办结情况 that an SMS quotes).
REPLIES = ("public_reply", "reject_reply", "reply")
REPLY = "reply"
#: 转往, 转出理由与告知的途径: what 告知反映人 tells besides the title (CA-09).
TRANSFER = ("target", "transfer_reason")

FAULT = "系统暂时出现故障，正在处理；您反映的事项没有丢失，请过些时候再查。"

#: The deadline of the work itself; of several units each has its own, handle:<unit>.
HANDLE = "handle"


@dataclass(frozen=True)
class Progress:
    case_no: str
    flow_name: str
    registered_on: date
    status: str
    due_on: date | None  # until when the handling unit has
    overdue: bool  # that day has passed
    stopped: str  # why it stands still, as its reporter may know it; mostly ""
    replies: list[str]
    given: str  # the pass with which this page does more than look
    may_supplement: bool
    acts: list[tuple[str, str]]  # element and button of what the flow lets the reporter do now


def progress(case_no: str, code: str) -> Progress:
    """Raises NotFound, the same for a wrong number and a wrong code."""
    case = case_of(case_no, code)
    stopped = _stopped(case)
    due_at = None if case.closed_at or case.status in UNGIVEN else _due_at(case)
    main = _answered_with(case)
    return Progress(
        case_no=case.case_no or "",
        flow_name=case.flow_name,
        registered_on=case.created_at.astimezone(ZONE).date(),
        status=_merged(main) if main else _plain(case),
        due_on=due_at.astimezone(ZONE).date() if due_at else None,
        overdue=due_at is not None and due_at < now(),
        stopped=stopped,
        replies=replies_of(main or case, known=not (case.confidential or (main and main.confidential))),
        given=pass_for(case),
        may_supplement=not why_not_supplemented(case),
        acts=[] if stopped else offered_acts(case),
    )


def _stopped(case: Case) -> str:
    """Why an operator has suspended it is for staff alone."""
    if session.scalar(select(ProcessInstance.suspended_at).where(ProcessInstance.case_id == case.id)):
        return SUSPENDED
    return FAULT if not case.closed_at and case.id in stops([case.id]) else ""


def _answered_with(case: Case) -> Case | None:
    """The one that a drawn 并单 closed it into, whose reply is its own too (XX-05). 并案 ends no case."""
    if case.result != MERGED:
        return None
    holds = (CaseLink.case_id == case.id) & (CaseLink.kind == MERGED) & CaseLink.ended_at.is_(None)
    return session.scalar(select(Case).join(CaseLink, CaseLink.other_id == Case.id).where(holds).limit(1))


def _merged(main: Case) -> str:
    then = "已经一并办结答复" if _is_answered(main) else "一并办理，办结后一并答复"
    return f"已并入{main.case_no}，{then}"


def _is_answered(case: Case) -> bool:
    return bool(case.closed_at) or case.status in ANSWERED


def _plain(case: Case) -> str:
    """Its status in the words of its own flow."""
    elements = definitions.definition(_definition_of(case)).elements.values()
    has_signing = any(each.properties.get("status") == SIGNED for each in elements)
    words = PLAIN if has_signing else PLAIN | UNSIGNED
    return words.get(case.status, "正在办理")


def _due_at(case: Case) -> datetime | None:
    """When every handling unit has to be done; none while one of their deadlines is suspended (XT-A5)."""
    of_units = (Deadline.key == HANDLE) | Deadline.key.startswith(f"{HANDLE}:", autoescape=True)
    mine = select(Deadline).where(Deadline.case_id == case.id, Deadline.state == RUNNING, of_units)
    running = session.scalars(mine).all()
    if not running or any(each.suspended for each in running):
        return None
    return max(each.due_at for each in running)


def replies_of(case: Case, *, known: bool) -> list[str]:
    """The newest reply to whoever brought it, once it is given; names and numbers in it are covered as on the page of
    the case (S-04), and told as nobody's where the reader may not know the reporter (C-09).
    """
    if not _is_answered(case):
        return []
    forms = forms_ever(definitions.definition(_definition_of(case)))
    handed_in = select(Submission.form, Submission.values).where(Submission.case_id == case.id)
    rows = session.execute(handed_in.order_by(Submission.id.desc())).all()
    typed = [(each, values.get(each.key)) for form, values in rows if form in forms for each in forms[form].inputs]
    masking = Masking.of(typed, case.reporter, known=known)
    texts = [_written(values, forms.get(form)) for form, values in rows]
    return [masking.text(text) for text in texts if text][:1]


def _definition_of(case: Case) -> int:
    return session.scalars(select(ProcessInstance.definition_id).where(ProcessInstance.case_id == case.id)).one()


def _written(values: dict[str, Any], form: Form | None) -> str:
    """What a form says to the reporter. Of a case sent to another organ: where to, and the way from there (XT-09)."""
    if all(values.get(key) for key in TRANSFER):
        return f"已转{values['target']}：{values['transfer_reason']}"
    inputs = form.inputs if form else []
    kept = {field.key for field in inputs if field.confidential}  # XT-20
    marked = [field.key for field in inputs if field.properties.get(REPLY) == "yes"]
    return next((str(values[key]) for key in (*REPLIES, *marked) if values.get(key) and key not in kept), "")
