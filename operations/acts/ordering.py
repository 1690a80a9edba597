"""Supervise a unit by hand (督查台“督办”): a 督办单 with feedback, 异议 and release, drawn as a flow of its own.

It is a case beside the one it is about, linked with that for good: no token of that one moves and no limit changes
(C-08). docs/decisions/orders-by-hand.md says why.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, select

from config import ZONE
from errors import InvalidForm, MessageNotAccepted, NotAllowed
from handlers.orders import supervised_by
from models import (
    Case,
    CaseLink,
    CaseUnit,
    Deadline,
    Document,
    Identity,
    ProcessDefinition,
    ProcessInstance,
    Task,
    Unit,
    Writes,
    previous_seal,
    session,
    transactional,
)
from models.deadline import IS_RUNNING
from models.link import ORDERS, OTHER
from models.succession import serving
from models.task import IS_OPEN
from operations.acts.cases import BEGINS_WITH, hand_in_first
from operations.gate.instances import start_process
from operations.gate.requests import already_handled, request_key
from operations.gate.revisions import actor, add_revision
from operations.gate.visibility import locked_for, watched
from reference import definitions
from reference.people import permissions_of, post_name
from reference.privacy import listed

DESK = "desk"  # of `registrars`: nobody registers it, it begins here
KIND, UNIT, WORDS = "督办单", "ordered_unit", "order_text"  # the paper; fields of the flow's first form
REQUIRES = "require"  # the field on which a step of a diagram says what it demands (F-C-3)


@dataclass(frozen=True)
class Waiting:
    """A 督办单 that is not over: `unit` who owes the answer, `to` as it is printed, `at` local, `order_id` its case
    where it is one by hand.
    """

    unit: str
    to: str
    number: str
    at: datetime
    document_id: int
    order_id: int | None


@transactional
def order_supervision(case_id: int, values: Mapping[str, Any], *, by: Identity, request: str | None = None) -> Case:
    """Begin a 督办单 about this case with its first form. Returns its case, the same for the same request (P3).

    Raises NotFound, NotAllowed, MessageNotAccepted for a filed case, an order, or while the diagram itself supervises,
    InvalidForm also for a unit that has no part in it or still owes an answer to another order.
    """
    request = request_key(request, "order", str(case_id), by=by)
    instance = locked_for(case_id, by)
    if handled := already_handled(request):
        return session.get_one(Case, handled.case_id)
    about = instance.case
    post = ordering_post(about, by)
    if post is None:
        raise NotAllowed("只有本县的督查岗位可以出督办单。")
    if problem := why_not_ordered(about):
        raise MessageNotAccepted(problem)
    _refuse_second(about, values)
    by = by.at(post)
    order = _begin(about, values, post, by, request)
    _tell(instance, order, values, by)
    return order


def ordering_post(about: Case, by: Identity) -> str | None:
    """The post of theirs at which this person supervises the case, their own first."""
    for post in sorted(by.posts, key=lambda each: bool(each.instead_of)):
        alone = replace(by, posts=(post,))
        county = select(Case.id).where(Case.id == about.id, watched(alone, "supervise"))
        if "supervise" in permissions_of(post.unit, post.role) and session.scalar(county) is not None:
            return post.key
    return None


def may_order(about: Case, by: Identity) -> bool:
    """Whether the page of the case offers it; what else stands in the way is said on the page of the order."""
    may = by.can("supervise") and not about.archived and supervised_by(about.id) is None
    return may and ordering_post(about, by) is not None


def why_not_ordered(about: Case) -> str:
    """Why nobody can be ordered about this case now, in a sentence; "" when they can."""
    if about.archived:
        return "本件已经归档，只能查看（C-10）。"
    if supervised_by(about.id) is not None:
        return "这本身就是督办单，请在它的“核查反馈”里写明要求。"
    if task := step_of_diagram(about):
        return f"图上的“{task.name}”正等{post_name(task.post)}办理，请在那一步督办，不另出督办单。"
    if order_flow() is None:
        return "“督办单”流程没有部署或者已经停用，请联系系统管理员。"
    return ""


def order_flow() -> ProcessDefinition | None:
    """The flow of a 督办单 by hand that is in use: the one whose first task says so (`registrars` = `desk`)."""
    retired = definitions.retired()
    found = (row for row in definitions.newest_of_each() if row.key not in retired and _begins_here(row))
    return next(found, None)


def _begins_here(row: ProcessDefinition) -> bool:
    first = definitions.definition(row.id).first_task
    return first is not None and DESK in first.properties.get("registrars", "").split()


def step_of_diagram(about: Case) -> Task | None:
    """The open step at which the case's own diagram supervises: its form asks what is demanded (督办要求)."""
    definition = select(ProcessInstance.definition_id).where(ProcessInstance.case_id == about.id)
    asking = forms_of_supervision(session.scalars(definition).one())
    waiting = select(Task).where(Task.case_id == about.id, IS_OPEN, Task.confidential.is_(False))
    return session.scalar(waiting.where(Task.form.in_(asking)).order_by(Task.created_at, Task.id).limit(1))


def forms_of_supervision(definition_id: int) -> list[str]:
    """Keys of the forms of this version that ask what is demanded."""
    forms = definitions.definition(definition_id).forms
    return [key for key, form in forms.items() if any(field.key == REQUIRES for field in form.inputs)]


def orders_waiting(about: Case) -> list[Waiting]:
    """The 督办单 about this case that are not over, by hand or of its diagram, oldest first (控制频次)."""
    paper = (Document.to, Document.id, Document.number, Document.raised_at)
    of_hand = select(Case.lead_org, *paper, Case.id).join(CaseLink, CaseLink.case_id == Case.id)
    of_hand = of_hand.join(Document, and_(Document.case_id == Case.id, Document.kind == KIND))
    of_hand = of_hand.where(CaseLink.other_id == about.id, CaseLink.kind == ORDERS, Case.closed_at.is_(None))
    drawn = select(Unit.code, *paper).join(Document, Document.to == Unit.name).join(Deadline, started_with(Document))
    part = select(CaseUnit.unit).where(CaseUnit.case_id == about.id)  # another county may have a unit of this name
    drawn = drawn.where(Unit.code.in_(part))
    drawn = drawn.where(Document.case_id == about.id, Document.kind == KIND, Document.confidential.is_(False))
    rows = [*session.execute(of_hand), *((*row, None) for row in session.execute(drawn.where(IS_RUNNING)))]
    found = [Waiting(serving(unit), to, no, at.astimezone(ZONE), id_, order) for unit, to, id_, no, at, order in rows]
    return sorted(found, key=lambda each: (each.at, each.document_id))


def started_with(paper: type[Document]) -> ColumnElement[bool]:
    """The deadline that began when this paper was issued: the one by which it is to be answered."""
    same = and_(Deadline.case_id == paper.case_id, Deadline.opened_at == paper.raised_at)
    return and_(same, Deadline.due_at >= paper.due_at)


def _refuse_second(about: Case, values: Mapping[str, Any]) -> None:
    """Raises InvalidForm: who has an order to answer gets no second one (政府督查工作条例：控制频次)."""
    unit = values.get(UNIT)
    for each in orders_waiting(about):
        if each.unit == unit:
            words = f"{each.number}（{each.at:%m-%d}出）还没有解除，不能再给这家单位出督办单。"
            raise InvalidForm({UNIT: words})


def _begin(about: Case, values: Mapping[str, Any], post: str, by: Identity, request: str | None) -> Case:
    """It is read as the case it is about: whoever writes the reporter's name into it, names nobody (S-04, C-09)."""
    flow = order_flow()
    assert flow is not None  # why_not_ordered() has asked
    move = start_process(flow.key, dict(zip(BEGINS_WITH, (post, ""), strict=True)), by=by)
    order = move.instance.case
    order.title = f"督办：{listed(about.title, about)}"
    order.reporter, order.confidential = about.reporter, about.confidential
    said = {"reason": f"对 {about.case_no or '未编号的事项'} 出督办单", "by": actor(by), "at": move.host.now}
    session.add(CaseLink(case_id=order.id, other_id=about.id, kind=ORDERS, **said))
    session.flush()  # the first form offers the units of that case
    hand_in_first(move, values, post, request)
    return order


def _tell(instance: ProcessInstance, order: Case, values: Mapping[str, Any], by: Identity) -> None:
    """The file of the case that is supervised says so; nothing of it moves (C-08)."""
    made = select(Document.number, Document.to, Document.raised_at).where(Document.case_id == order.id)
    number, to, at = session.execute(made.order_by(Document.id).limit(1)).first() or (KIND, "", order.created_at)
    notes = [["words", f"督办要求：{values[WORDS]}", ""], [OTHER, str(order.id), ""]]
    name, writes = f"{number}，督办{to}" if to else number, Writes()
    add_revision(writes, instance, previous_seal(instance.id), kind="ordered", name=name, by=by, at=at, notes=notes)
    writes.send()
