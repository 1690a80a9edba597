"""Register cases."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.exc import IntegrityError

from engine.forms import Form
from errors import NotAllowed
from models import (
    Case,
    CaseUnit,
    Identity,
    ProcessDefinition,
    Task,
    Writes,
    mark_of_phone,
    session,
    transactional,
    unit_of,
)
from models.task import COMPLETED
from operations.gate.draft_rows import drop_draft
from operations.gate.instances import require_in_use, start_process
from operations.gate.moves import Move
from operations.gate.requests import already_handled, remember, request_key
from operations.gate.submissions import submit
from operations.gate.writing import write_down
from reference import definitions
from reference.counties import may_serve
from reference.people import CHANNEL_OF_ROLE

#: The variables of a case that somebody registers: whose task the first one is, and where the case came in.
BEGINS_WITH = ("receiver_post", "channel")


def register_case(
    flow: str, values: Mapping[str, Any], *, by: Identity, request: str | None = None, channel: str | None = None
) -> Case:
    """Start a case and hand in its first form, both or neither (XT-08).

    `channel` is where the case came in; without it, the channel of the registrar's post.
    Raises NotFound, NotAllowed, InvalidForm.
    """
    request = request_key(request, "register", flow, by=by)
    try:
        return _register(flow, values, by, request, channel)
    except IntegrityError:
        handled = already_handled(request)  # the same request, sent twice at once, came in first
        if handled is None:
            raise
        return session.get_one(Case, handled.case_id)


@transactional
def _register(flow: str, values: Mapping[str, Any], by: Identity, request: str | None, channel: str | None) -> Case:
    if handled := already_handled(request):
        return session.get_one(Case, handled.case_id)
    post, usual_channel = registering_post(flow, by, _acting_for(flow, values))
    by = by.at(post)
    channel = channel or usual_channel
    data = dict(zip(BEGINS_WITH, (post, channel), strict=True))
    move = start_process(flow, data, by=by, channel=channel)
    hand_in_first(move, values, post, request)
    return move.instance.case


def hand_in_first(move: Move, values: Mapping[str, Any], post: str, request: str | None) -> None:
    """Complete the first task of a case that has just begun: what registers it is typed there. `post`: whose that is.

    Raises InvalidForm.
    """
    [first] = move.execution.open_tasks()
    task, by = session.get_one(Task, first.id), move.host.context.by
    move.kind, move.element, move.name = "completed", task.element, task.name
    move.execution.trail.clear()
    move.host.context.notes.clear()
    writes = Writes()
    clean = submit(writes, move, task.form, values, element=task.element, task_id=task.id)
    move.instance.case.phone_hash = phone_mark(move.definition.forms[task.form], clean) if task.form else None
    task.state, task.closed_at, task.done_by = COMPLETED, move.host.now, by.id
    session.merge(CaseUnit(case_id=move.instance.case_id, unit=unit_of(post), role="registrar"))
    drop_draft(writes, by, flow=move.instance.case.flow)
    remember(writes, request, case_id=move.instance.case_id, task_id=task.id, at=move.host.now)
    writes.send()
    move.execution.complete(task.id, clean)
    write_down(move)


def phone_mark(form: Form, values: Mapping[str, Any]) -> str | None:
    """Of the reporter's number, however it is written."""
    phones = [str(values.get(field.key) or "") for field in form.inputs if field.properties.get("personal") == "phone"]
    digits = "".join(character for character in "".join(phones[:1]) if character.isdigit())
    return mark_of_phone(digits) if digits else None


def _acting_for(flow: str, values: Mapping[str, Any]) -> str:
    """The unit that the form says this is registered in the name of: `own_units` offered it."""
    form = definitions.definition(definitions.newest(flow).id).first_form
    named = (values.get(field.key) for field in form.inputs if field.choices_key == "own_units") if form else ()
    return next((unit for unit in named if isinstance(unit, str)), "")


def registering_post(flow: str, by: Identity, unit: str = "") -> tuple[str, str]:
    """The post this person registers cases of a flow from, and its channel (XT-03); of several the one of `unit`.

    The first task names the roles (`registrars`), the posts on the diagrams whose county it is. Raises NotFound for an
    unknown flow, NotAllowed, also for a retired one.
    """
    row = definitions.newest(flow)
    require_in_use(row)
    return post_to_register(row, by, unit)


def post_to_register(row: ProcessDefinition, by: Identity, unit: str = "") -> tuple[str, str]:
    """The same of a version at hand, whether or not it is in use. Raises NotAllowed."""
    definition = definitions.definition(row.id)
    first = definition.first_task
    registrars = first.properties.get("registrars", "").split() if first else []
    for post in sorted(by.posts, key=lambda post: post.unit != unit):
        registers = post.role in CHANNEL_OF_ROLE and (not registrars or post.role in registrars)
        if registers and may_serve(post.unit, definition.units):
            return post.key, CHANNEL_OF_ROLE[post.role]
    raise NotAllowed("您的岗位不能登记这类事项，请由受理岗位（窗口、专席、信箱、首席代表等）登记。")
