"""A case's story, told from its history rows."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from config import ZONE
from models import HistoryEvent, Identity, ProcessInstance, session
from queries.facts import Reader
from reference import definitions

KINDS = {
    "started": "启动",
    "completed": "完成",
    "message": "提出",
    "timer": "到期",
    "retried": "重试",
    "claimed": "认领",
    "given_back": "放回",
    "revealed": "查看",
    "calendar": "重算",
}
#: Notes only the holders of the permission "clues" may read (XT-20).
CONFIDENTIAL_NOTES = {"clue"}
#: Notes that repeat what the tasks beside the story already say.
QUIET_NOTES = {"opened"}


def hidden_elements(definition_id: int, by: Identity) -> set[str]:
    """The confidential elements, for whoever may not see clues: nothing of what happens there is shown (XT-20)."""
    elements = definitions.definition(definition_id).elements.values()
    return set() if by.can("clues") else {e.id for e in elements if e.properties.get("confidential")}


@dataclass(frozen=True)
class Happening:
    at: datetime  # local
    who: str
    what: str
    details: list[str]
    clauses: tuple[str, ...]
    element: str | None


def timeline(instance: ProcessInstance, by: Identity, reader: Reader) -> list[Happening]:
    """Newest first, without what this person may not know."""
    rows = select(HistoryEvent).where(HistoryEvent.instance_id == instance.id).order_by(HistoryEvent.revision.desc())
    elements = definitions.definition(instance.definition_id).elements
    hidden = hidden_elements(instance.definition_id, by)
    found = []
    for row in session.scalars(rows):
        if row.element in hidden:
            continue
        element = elements.get(row.element or "")
        found.append(
            Happening(
                at=row.at.astimezone(ZONE),
                who=row.actor,
                what=f"{KINDS.get(row.kind, row.kind)}：{row.name}",
                details=[
                    reader.of_text(text)
                    for kind, text, about in row.notes
                    if _may_read(kind, by) and about not in hidden
                ],
                clauses=element.clauses if element else (),
                element=row.element,
            )
        )
    return found


def _may_read(kind: str, by: Identity) -> bool:
    return kind not in QUIET_NOTES and (kind not in CONFIDENTIAL_NOTES or by.can("clues"))
