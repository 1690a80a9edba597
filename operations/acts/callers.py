"""What a caller has brought before, by their number: shown to whoever registers, and written down (S-04)."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, select

from engine.forms import Form
from errors import NotFound
from models import CallerLook, Case, Identity, Task, now, session, transactional, unit_of
from operations.acts.cases import phone_mark, registering_post
from operations.acts.privacy import may_know_reporter, reporter_known_to
from operations.acts.tasks import workable_task
from operations.gate.audit import note
from operations.gate.revisions import actor
from operations.gate.visibility import in_county_of, visible
from reference import definitions

SHOWN = 20
SHORTEST = 7  # digits: less is no number yet
MARKED = 12  # signs of the keyed mark: which looks were at one number, and never at which


@transactional
def look_at_caller(flow: str, values: Mapping[str, Any], *, by: Identity) -> Sequence[Case]:
    """The newest SHOWN cases of this county from the number in `values`, of whichever flow, newest first; each look at
    each case is kept, and in the audit each look at a number, also at one that nobody has called from.

    Only cases this person may see, and of confidential ones those whose reporter they may know: the same number says
    just that (C-09). Raises NotFound for an unknown flow, NotAllowed for whoever does not register it (XT-03).
    """
    post, _ = registering_post(flow, by)
    form = definitions.definition(definitions.newest(flow).id).first_form
    mark = phone_mark(form, values) if form and _is_whole(form, values) else None
    return _look(mark, post, by) if mark else []


@transactional
def look_at_reporter(task_id: str, values: Mapping[str, Any], *, by: Identity) -> Sequence[Case]:
    """The same for a task whose form asks for the reporter's number (登记网上提交): the other cases from the number
    that this case was handed in with, else from the one in `values`.

    Raises NotFound, NotAllowed, TaskNotOpen for whoever may not do the task; NotFound where its form asks for none.
    """
    task = workable_task(session.get(Task, task_id), by)
    form = definitions.definition(task.instance.definition_id).form_at(task.element)
    if form is None or not phone_field(form):
        raise NotFound
    case = session.get_one(Case, task.case_id)
    mark = case.phone_hash or (phone_mark(form, values) if _is_whole(form, values) else None)
    if mark is None or not may_know_reporter(case, by):
        return []
    return _look(mark, task.post, by, Case.id != case.id)


def _look(mark: str, post: str, by: Identity, *others: ColumnElement[bool]) -> Sequence[Case]:
    """By this keyed mark of a number, at a post, each of them written down."""
    theirs = (Case.phone_hash == mark, visible(by), reporter_known_to(by), in_county_of([unit_of(post)]), *others)
    cases = session.scalars(select(Case).where(*theirs).order_by(Case.id.desc()).limit(SHOWN)).all()
    at, name = now(), actor(by.at(post))
    found = "、".join(case.case_no or "未编号" for case in cases) or "没有看得到的"
    note("look", f"来电人以往的事项：{found}（号码标记 {mark[:MARKED]}）", by.at(post))
    session.add_all(CallerLook(case_id=case.id, user_id=by.id, by=name, at=at) for case in cases)
    return cases


def phone_field(form: Form) -> str:
    """The key of the field for the reporter's number; "" on a form that asks for none."""
    return next((field.key for field in form.inputs if field.properties.get("personal") == "phone"), "")


def _is_whole(form: Form, values: Mapping[str, Any]) -> bool:
    return sum(map(str.isdigit, str(values.get(phone_field(form)) or ""))) >= SHORTEST
