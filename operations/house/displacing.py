"""An operator takes a token of a running case to another step (移动): engine/displacing.py says where it may stand."""

from collections.abc import Mapping
from typing import Any

from engine import Displacing
from engine.forms import Choice, Field, Form, clean
from errors import InvalidForm, MessageNotAccepted, NotFound
from models import Identity, ProcessInstance, transactional
from operations.gate.instances import moving
from operations.gate.moves import Move
from operations.house.operating import REASON, acting, note_act, why_not_operated

FORM = Form(
    "displace",
    "移动",
    (
        Field("", "text", "现在这一步作废，它的定时和只有它能办结的时限一并结束；选的环节像刚走到一样开始。"),
        Field("to", "select", "移到", required=True, choices_key="places"),
        REASON,
    ),
    {},
)


@transactional
def move_token(
    case_id: int, token: str, values: Mapping[str, Any], *, revision: int, by: Identity, request: str | None = None
) -> None:
    """Take `token`, a task or an event that the case waits at, to the element `values["to"]` of the same process.

    Raises NotFound for a token that is none or may not be moved, InvalidForm with the key `to` where it may not stand
    there, MessageNotAccepted for a suspended case, and as suspend_case().
    """
    with acting(case_id, "displace", revision, by, request) as instance:
        if instance:
            if why_not := why_not_moved(instance):
                raise MessageNotAccepted(why_not)
            with moving(instance, by=by, kind="displaced") as move:
                displacing = Displacing(move.execution)
                movable = displacing.movable()
                if token not in movable:
                    raise NotFound
                given = clean(FORM, values, {"places": places_of(move, token)})
                here, to = movable[token], move.definition.elements[given["to"]]
                try:
                    displacing.displace(token, to.id)
                except MessageNotAccepted as error:
                    raise InvalidForm({"to": str(error)}) from None
                move.element, move.name = to.id, f"从“{here.name or here.id}”到“{to.name or to.id}”"
                move.host.context.note("reason", f"原因：{given['reason']}")
                note_act(instance, f"移动{move.name}，原因：{given['reason']}", by)


def why_not_moved(instance: ProcessInstance) -> str:
    """In a sentence; "" when it may be."""
    return why_not_operated(instance) or ("本件已经暂停，恢复以后才能移动。" if instance.suspended_at else "")


def places_of(move: Move, token: str) -> list[Choice]:
    """Where it may perhaps be put. Raises NotFound."""
    places = Displacing(move.execution).places_for(token)
    return [Choice(each.id, f"{each.lane}：{each}" if each.lane else str(each)) for each in places]
