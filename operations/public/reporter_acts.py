"""What the diagram lets whoever brought a case do to it: rate it, change the rating, object (`reporter`, C-06)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine import Element
from errors import InvalidForm, MessageNotAccepted
from models import ProcessInstance, Task, Writes, session, transactional
from operations.acts.tasks import finish
from operations.gate.instances import moving
from operations.gate.known import read_known
from operations.gate.moves import Move, move_of
from operations.gate.requests import already_handled, remember, request_key
from operations.gate.sign_rows import end_signs
from operations.gate.submissions import checked, submit
from operations.public.reporters import REPORTER, case_with, locked_with
from operations.public.visitors import Visitor, answered_once, note_act, problems_with, require_patience

#: On an element: the words of the button on /query.
BUTTON = "reporter"
SUSPENDED = "这件事暂停办理，恢复以后接着办；您反映的事项没有丢失，请过些时候再查。"
OVER = "现在不能这样做了：已经办过，或者期限已过。请重新查询进度。"


@dataclass(frozen=True)
class Offer:
    """An open task, or a message the case listens for, that is the reporter's."""

    element: Element
    task_id: str | None = None
    message_id: str = ""

    @property
    def button(self) -> str:
        return self.element.properties[BUTTON]

    @property
    def form(self) -> str:
        return self.element.properties["form"]


def offers(move: Move) -> list[Offer]:
    """What waits for the reporter now; of several alike the first."""
    tasks = [Offer(each.element, task_id=each.id) for each in move.execution.open_tasks()]
    said = (each for each in move.execution.messages() if BUTTON in each.element.properties)
    messages = [Offer(each.element, message_id=each.id) for each in said if move.execution.may_say(each.id)]
    mine = [each for each in (*tasks, *messages) if BUTTON in each.element.properties]
    return list({each.element.id: each for each in reversed(mine)}.values())[::-1]


def offered(move: Move, element: str) -> Offer:
    """Raises MessageNotAccepted when it does not wait for this any more, never did, or is suspended."""
    if move.instance.suspended_at:
        raise MessageNotAccepted(SUSPENDED)
    found = next((each for each in offers(move) if each.element.id == element), None)
    if found is None:
        raise MessageNotAccepted(OVER)
    return found


def act(given: str, element: str, values: Mapping[str, Any], visitor: Visitor, *, request: str | None = None) -> None:
    """Hand in the form of this element of the case that the pass `given` is of, and let the case go on.

    Raises NotFound for a pass that is none or too old, MessageNotAccepted, TooMany, InvalidForm, NotAllowed for a
    quarantined case, AlreadyChanged.
    """
    case_id = case_with(given).id
    with answered_once(visitor):
        _act(given, element, values, visitor, request_key(request, "reporter", str(case_id), element, by=REPORTER))


@transactional
def _act(given: str, element: str, values: Mapping[str, Any], visitor: Visitor, request: str | None) -> None:
    instance = locked_with(given)
    if already_handled(request):
        return
    look = move_of(instance, by=REPORTER)
    offer = offered(look, element)
    require_patience(visitor.address)
    _require_right(look, offer, values, problems_with(visitor))
    note_act(visitor, look.host.now)
    if offer.task_id:
        _complete(look, offer.task_id, values, request)
    else:
        _say(instance, offer, values, request)


def _require_right(look: Move, offer: Offer, values: Mapping[str, Any], wrong: Mapping[str, str]) -> None:
    """What is wrong with the answer is told together with what is wrong on the form. Raises InvalidForm."""
    if not wrong:
        return  # handing it in says what is wrong on the form
    try:
        checked(look, offer.element.id, values, offer.task_id)
    except InvalidForm as error:
        raise InvalidForm({**error.problems, **wrong}) from None
    raise InvalidForm(wrong)


def _complete(look: Move, task_id: str, values: Mapping[str, Any], request: str | None) -> None:
    """Whoever brought the case waits for no colleague who was asked about the task (加签)."""
    task, writes = session.get_one(Task, task_id), Writes()
    if task.asked:
        end_signs(look, {task.id: task.name}, read_known([look.instance.id])[look.instance.id].signs, writes)
        writes.send()
    finish(task, values, by=REPORTER, request=request)


def _say(instance: ProcessInstance, offer: Offer, values: Mapping[str, Any], request: str | None) -> None:
    with moving(instance, by=REPORTER, kind="message", element=offer.element.id, name=offer.element.name) as move:
        writes = Writes()
        clean = submit(writes, move, offer.form, values, element=offer.element.id, task_id=None)
        remember(writes, request, case_id=instance.case_id, task_id="", at=move.host.now)
        writes.send()
        move.execution.receive(offer.message_id, clean)
