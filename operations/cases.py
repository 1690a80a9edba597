"""Register cases."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.exc import IntegrityError

from engine import Execution
from engine.forms import Form
from errors import NotAllowed, NotFound
from models import Case, CaseUnit, Identity, ProcessInstance, Task, now, session, transactional
from models.task import COMPLETED
from operations.host import CaseHost
from operations.instances import start_process
from operations.requests import already_handled, remember, request_key
from operations.submissions import submit
from operations.writing import write_down
from reference import definitions, parameters
from reference.people import CHANNEL_OF_ROLE


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
def _register(
    flow: str, values: Mapping[str, Any], by: Identity, request: str | None, channel: str | None
) -> Case:
    if handled := already_handled(request):
        return session.get_one(Case, handled.case_id)
    post, usual_channel = registering_post(by)
    channel = channel or usual_channel
    move = start_process(flow, {"receiver_post": post, "channel": channel}, by=by, channel=channel)
    [first] = move.execution.open_tasks()
    task = session.get_one(Task, first.id)
    move.kind, move.element, move.name = "completed", task.element, task.name
    move.execution.trail.clear()
    move.host.context.notes.clear()
    clean = submit(move, task.form, values, element=task.element, task_id=task.id)
    task.state, task.closed_at, task.done_by = COMPLETED, move.host.now, by.id
    session.merge(CaseUnit(case_id=move.instance.case_id, unit=post.split(":")[1], role="registrar"))
    move.execution.complete(task.id, clean)
    write_down(move)
    remember(request, case_id=move.instance.case_id, task_id=task.id, at=move.host.now)
    return move.instance.case


def registering_post(by: Identity) -> tuple[str, str]:
    """The post this person registers cases from, and its channel (XT-03). Raises NotAllowed without one."""
    for post in by.posts:
        if post.role in CHANNEL_OF_ROLE:
            return post.key, CHANNEL_OF_ROLE[post.role]
    raise NotAllowed("只有受理岗位（窗口、专席、信箱、首席代表）可以登记事项。")


def first_form(flow: str, by: Identity) -> tuple[str, Form]:
    """Name of a flow and the form its first task asks for, found by starting it in memory and keeping nothing.

    Raises NotFound when there is no such flow or its first step has no form.
    """
    row = definitions.newest(flow)
    definition = definitions.definition(row.id)
    case = Case(parameter_revision=parameters.newest_revision())
    host = CaseHost(definition, case, ProcessInstance(passed={}, revision=0), now(), by)
    tasks = Execution.start(definition, {"receiver_post": "", "channel": ""}, host).open_tasks()
    if not tasks or tasks[0].element.properties.get("form") not in definition.forms:
        raise NotFound
    return row.name, definition.forms[tasks[0].element.properties["form"]]
