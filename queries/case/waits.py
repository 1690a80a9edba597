"""What a case waits for that is nobody's task and no deadline: the gap before the next 回访, the end of the month."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from config import ZONE
from models import ProcessInstance, Timer, session
from reference import definitions


@dataclass(frozen=True)
class Wait:
    """`name`: of the event on the diagram, which says what comes then."""

    name: str
    until: datetime  # local

    def __str__(self) -> str:
        return f"将于 {self.until:%Y-%m-%d %H:%M} {self.name}"


def waits_of(instance: ProcessInstance, hidden: Collection[str]) -> list[Wait]:
    """Soonest first, without the elements in `hidden`. A wait for a deadline is shown by the deadline."""
    elements = definitions.definition(instance.definition_id).elements
    mine = (Timer.instance_id == instance.id) & Timer.deadline_key.is_(None)
    rows = session.execute(select(Timer.element, Timer.due_at).where(mine).order_by(Timer.due_at, Timer.element))
    return [
        Wait(elements[element].name, due_at.astimezone(ZONE))
        for element, due_at in rows
        if elements[element].kind == "intermediateCatchEvent" and element not in hidden
    ]
