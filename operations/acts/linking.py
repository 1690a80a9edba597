"""Say that two cases belong together (关联), or that they are one matter so that one of them leads (并案).

A link is written into both files, so whoever makes or ends it takes part in both, and neither is filed (C-10). It says
that both may be of one reporter, so of a confidential case nobody learns of it who may not know that one (C-09).

Neither moves a case. Of merged ones each keeps its number, query code, deadlines, reply and rating: whoever brought it
is answered for their own. Who works on the follower reads what the leader has answered and may take it over. The 并单
that 萧县 draws is another thing: it closes the case that was merged (XX-05, bpmn/xx_hotline/README.md).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select

from engine.forms import Choice, Field, Form, clean
from errors import InvalidForm, MessageNotAccepted, NotAllowed, NotFound
from handlers.hotline import COMPARING
from handlers.merging import followers_of, leaders_of
from models import Case, CaseLink, Identity, ProcessInstance, Task, Writes, now, previous_seal, session, transactional
from models.link import MERGED, ORDERS, OTHER, RELATED
from models.task import IS_OPEN
from operations.acts.privacy import may_know_reporter, reporter_known_to
from operations.gate.case_numbers import as_written
from operations.gate.requests import already_handled, remember, request_key
from operations.gate.revisions import actor, add_revision
from operations.gate.visibility import in_whose_name, is_office_of, locked_for, takes_part, visible

KINDS = (Choice(RELATED, "关联：两件有关系，各办各的"), Choice(MERGED, "并案：本件并入那一件，由那一件牵头办理"))
FORM = Form(
    "link",
    "关联、并案",
    (
        Field(
            "",
            "text",
            "不改流程，不办结任何一件。并案以后每一件的编号、查询码、时限、答复、评价都照旧；"
            "办本件的人看得到主件的答复，可以填到自己的表里。",
        ),
        Field("other", "textfield", "另一件的编号", required=True, max_length=40),
        Field("kind", "radio", "怎样连起来", required=True, choices=KINDS),
        Field("link_reason", "textarea", "理由", required=True, max_length=500),
    ),
    {},
)
END = Form("unlink", "解除", (Field("link_reason", "textarea", "解除理由", required=True, max_length=500),), {})
#: The rows of the history, by kind of link: in the file of the one it was said of, in that of the other.
SAID = {RELATED: ("linked", "linked"), MERGED: ("merged", "merged_in")}
UNSAID = {RELATED: ("unlinked", "unlinked"), MERGED: ("unmerged", "unmerged_in")}

UNKNOWN = "没有这个编号的事项，或者您看不到它。"
NOT_NOW = "这两件现在不能并案，请联系统管部门。"


@transactional
def link_cases(case_id: int, values: Mapping[str, Any], *, by: Identity, request: str | None = None) -> str:
    """Link the case with the one whose number is `values["other"]`, as `values["kind"]` says, for
    `values["link_reason"]`. Returns the other's number.

    Raises NotFound, NotAllowed, MessageNotAccepted for a filed case (C-10), InvalidForm also where the two, or this
    person and the other, cannot be linked like this.
    """
    request = request_key(request, "link", str(case_id), by=by)
    given = clean(FORM, values)
    other_id = session.scalar(select(Case.id).where(Case.case_no == as_written(given["other"]), visible(by)))
    if other_id is None:
        raise InvalidForm({"other": UNKNOWN})
    instance, other = _locked(case_id, other_id, by)
    if already_handled(request):
        return str(other.case.case_no)
    if problem := why_not_linked(instance.case, by):
        raise MessageNotAccepted(problem) if instance.case.archived else NotAllowed(problem)
    if problem := _why_not_written("那一件", other.case, by):
        raise InvalidForm({"other": problem})
    _check(instance.case, other.case, given["kind"], by)
    by, at, writes = in_whose_name(case_id, by), now(), Writes()
    told = {"kind": given["kind"], "reason": given["link_reason"], "by": actor(by), "at": at}
    writes.add(CaseLink, case_id=case_id, other_id=other_id, **told)
    _tell(writes, instance, other, SAID[given["kind"]], given["link_reason"], by, at)
    remember(writes, request, case_id=case_id, task_id="", at=at)
    writes.send()
    return str(other.case.case_no)


@transactional
def unlink_cases(
    case_id: int, link_id: int, values: Mapping[str, Any], *, by: Identity, request: str | None = None
) -> None:
    """End a link of this case for `values["link_reason"]` (解除关联、解除并案): both are as they were before it.

    Raises NotFound, also for a link this person may not know of, NotAllowed, MessageNotAccepted where one of the two is
    filed (C-10), InvalidForm.
    """
    link = session.get(CaseLink, link_id, populate_existing=True)
    if link is None or case_id not in (link.case_id, link.other_id):
        raise NotFound
    mine, others = _locked(link.case_id, link.other_id, by)
    session.refresh(link)
    own, other = (mine.case, others.case) if case_id == link.case_id else (others.case, mine.case)
    if not _known(own, [other.id], by):
        raise NotFound
    if link.ended_at:  # also a double click (P3)
        return
    if problem := why_not_unlinked(own, other, link.kind, by, leads=other.id == link.other_id):
        raise MessageNotAccepted(problem) if own.archived or other.archived else NotAllowed(problem)
    reason, by, at, writes = clean(END, values)["link_reason"], in_whose_name(case_id, by), now(), Writes()
    link.ended_reason, link.ended_by, link.ended_at = reason, actor(by), at
    _tell(writes, mine, others, UNSAID[link.kind], reason, by, at)
    writes.send()


def why_not_linked(case: Case, by: Identity) -> str:
    """Why this person may link this case with no other, in a sentence; "" when they may."""
    return _why_not_written("本件", case, by)


def why_not_unlinked(case: Case, other: Case, kind: str, by: Identity, *, leads: bool) -> str:
    """Why this person may not end a link of this kind from this case, in a sentence; "" when they may. `leads`: the
    other is its main case. One that was filed leads nobody any more: who takes part in the follower lets go of it.
    """
    if kind == ORDERS:
        return "督办单与它督办的事项一直连着，不能解除。"
    left_behind = kind == MERGED and leads and other.archived
    if problem := _why_not_written("本件", case, by) or ("" if left_behind else _why_not_written("那一件", other, by)):
        return problem
    may = kind == RELATED or left_behind or is_office_of(case, by)
    return "" if may else "只有登记这个事项的单位和统管部门可以解除并案。"


def _why_not_written(which: str, case: Case, by: Identity) -> str:
    """`which` of the two it is, as the sentence calls it."""
    if case.archived:
        return f"{which}已经归档，只能查看（C-10）。"
    if not takes_part(case, by):
        return f"只有登记、办理或统管{which}的单位可以把它与别的事项连起来或者解除。"
    if not may_know_reporter(case, by):
        return f"{which}的反映人要求保密，只有登记它的单位和统管部门可以把它与别的事项连起来或者解除（C-09）。"
    return ""


def linked_for(case: Case, by: Identity) -> ColumnElement[bool]:
    """The cases whose link with this one the person may know of: those they see, where of neither its reporter is kept
    from them (C-09).
    """
    return and_(visible(by), reporter_known_to(by)) if may_know_reporter(case, by) else false()


def holding(case_id: int) -> ColumnElement[bool]:
    """The links of this case that still hold."""
    return or_(CaseLink.case_id == case_id, CaseLink.other_id == case_id) & CaseLink.ended_at.is_(None)


def _locked(one: int, other: int, by: Identity) -> tuple[ProcessInstance, ProcessInstance]:
    """Both under their locks, always taken in the same order. Raises NotFound for one that this person does not see."""
    if one == other:
        raise InvalidForm({"other": "这就是本件的编号。"})
    held = {case_id: locked_for(case_id, by) for case_id in sorted((one, other))}
    return held[one], held[other]


def _check(case: Case, other: Case, kind: str, by: Identity) -> None:
    """Raises InvalidForm."""
    if session.scalar(select(CaseLink.id).where(holding(case.id), holding(other.id))) is not None:
        raise InvalidForm({"other": "这两件已经连起来了；要换一种连法，先在事项页解除。"})
    if kind != MERGED:
        return
    if not is_office_of(case, by):
        raise InvalidForm({"kind": "只有登记这个事项的单位和统管部门可以并案。"})
    if case.closed_at:
        raise InvalidForm({"kind": "本件已经办结，不用并案；可以关联。"})
    if leader := leaders_of(case.id):
        raise InvalidForm({"kind": "本件已经并入另一件。" if _known(case, leader, by) else NOT_NOW})
    if followers := followers_of(case.id):
        words = "已有事项并入本件，本件不能再并入别的事项；要换主件，先解除那些并案。"
        raise InvalidForm({"kind": words if _known(case, followers, by) else NOT_NOW})
    if leader := leaders_of(other.id):
        words = "那一件已经并入别的事项，请并入它的主件。"
        raise InvalidForm({"other": words if _known(other, leader, by) else NOT_NOW})
    if _is_compared(other):
        raise InvalidForm({"other": "那一件正在核对是否重复，核对以后再并案。"})


def _is_compared(case: Case) -> bool:
    """Whether somebody is just now judging what it is to be merged into (XX-05)."""
    compared = select(Task.id).where(Task.case_id == case.id, IS_OPEN, Task.element == COMPARING)
    return session.scalar(compared.limit(1)) is not None


def _known(case: Case, others: Sequence[int], by: Identity) -> bool:
    """Whether this person may know that the case is linked with one of these."""
    return session.scalar(select(Case.id).where(Case.id.in_(others), linked_for(case, by)).limit(1)) is not None


def _tell(
    writes: Writes,
    one: ProcessInstance,
    other: ProcessInstance,
    kinds: tuple[str, str],
    reason: str,
    by: Identity,
    at: Any,
) -> None:
    """In the history of both, each naming the other; that of a filed one stays as it is (C-10)."""
    for (mine, theirs), kind in zip(((one, other), (other, one)), kinds, strict=True):
        if mine.case.archived:
            continue
        notes = [["words", f"理由：{reason}", ""], [OTHER, str(theirs.case_id), ""]]
        name = theirs.case.case_no or "未编号的事项"
        add_revision(writes, mine, previous_seal(mine.id), kind=kind, name=name, by=by, at=at, notes=notes)
