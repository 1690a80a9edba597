"""Give a colleague's post sight of a case, with a note (抄送)."""

from collections.abc import Mapping
from typing import Any

from engine.forms import Field, Form, clean
from errors import InvalidForm, MessageNotAccepted, NotAllowed
from models import (
    Case,
    CaseUnit,
    Identity,
    Notice,
    Post,
    ProcessInstance,
    Unit,
    Writes,
    now,
    previous_seal,
    session,
    transactional,
    unit_of,
)
from models.case import COPIED
from models.outbox import COPY
from operations.acts.privacy import may_ask_for_reporter
from operations.gate.complained_of import complained_of
from operations.gate.held_posts import ChosenPost, choices_of, posts_where
from operations.gate.requests import already_handled, remember, request_key
from operations.gate.revisions import add_revision
from operations.gate.visibility import in_whose_name, locked_for
from reference.counties import county_of
from reference.people import post_name

FORM = Form(
    "copy",
    "抄送",
    (
        Field("", "text", "对方单位从此可以看到这个事项，收到通知，不用办理；抄送记入办理经过。"),
        Field("to", "select", "抄送给", required=True, choices_key="posts"),
        Field("note", "textarea", "附言", required=True, max_length=500),
    ),
    {},
)
NOT_YOURS = "只有登记、正在办理或统管这个事项的人员可以抄送。"


@transactional
def copy_case(case_id: int, values: Mapping[str, Any], *, by: Identity, request: str | None = None) -> str:
    """Let the unit of the post `values["to"]` see the case, and tell that post with `values["note"]`.
    Returns the name of the post.

    Raises NotFound, NotAllowed for who may not, MessageNotAccepted for a case that cannot be copied, InvalidForm.
    """
    request = request_key(request, "copy", str(case_id), by=by)
    instance = locked_for(case_id, by)
    if already_handled(request):
        return post_name(str(values.get("to")))
    case, at = instance.case, now()
    if problem := why_not_copied(case):
        raise MessageNotAccepted(problem)
    if not may_ask_for_reporter(case, by):
        raise NotAllowed(NOT_YOURS)
    given = _checked(instance, values, by)
    by = in_whose_name(case.id, by)
    [post] = posts_where(Post.key == given["to"])
    writes = Writes()
    if session.get(CaseUnit, (case.id, post.unit)) is None:
        writes.add(CaseUnit, case_id=case.id, unit=post.unit, role=COPIED)
    text = f"{by.name}抄送：{case.title}。{given['note']}"
    writes.add(Notice, case_id=case.id, post=post.key, kind=COPY, text=text, at=at)
    notes = [["note", f"附言：{given['note']}", ""]]
    add_revision(writes, instance, previous_seal(instance.id), kind="copied", name=post.name, by=by, at=at, notes=notes)
    remember(writes, request, case_id=case.id, task_id="", at=at)
    writes.send()
    return post.name


def why_not_copied(case: Case) -> str:
    """Why nobody may copy this case, in a sentence; "" when it may be copied."""
    if case.confidential:  # only who must know of it does, each by the flow (C-09)
        return "保密事项不能抄送：知悉范围只由流程确定（C-09）。"
    if case.archived:
        return "事项已经归档，只能查看（C-10）。"
    return ""


def posts_to_copy(instance: ProcessInstance, by: Identity) -> list[ChosenPost]:
    """Posts of one's own county that somebody holds, without those of a unit that the case is a report about."""
    about = complained_of(instance)
    return [post for post in posts_of_county(by) if post.unit not in about]


def posts_of_county(by: Identity) -> list[ChosenPost]:
    """Posts of one's own county that somebody else holds."""
    known = posts_where(Unit.code.in_(county_of(by.units)) & Unit.successor_id.is_(None))
    return [post for post in known if post.holders and post.key not in by.post_keys]


def _checked(instance: ProcessInstance, values: Mapping[str, Any], by: Identity) -> dict[str, Any]:
    """The values of the form. Raises InvalidForm."""
    try:
        return clean(FORM, values, {"posts": choices_of(posts_to_copy(instance, by))})
    except InvalidForm as error:
        to = str(values.get("to") or "")
        if to.startswith("post:") and unit_of(to) in complained_of(instance):
            raise InvalidForm(error.problems | {"to": "举报件不得抄送被举报单位（C-09）。"}) from None
        raise
