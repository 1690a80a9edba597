"""One case's file, and who may see a case."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from config import ZONE
from errors import NotFound
from models import Case, Document, Identity, ProcessInstance, Submission, Task, session
from models.deadline import RUNNING
from models.task import OPEN
from operations.acts.attachments import why_not_attached
from operations.acts.copies import why_not_copied
from operations.acts.disputing import why_not_disputed
from operations.acts.knowledge import entry_of
from operations.acts.linking import why_not_linked
from operations.acts.noting import why_not_noted
from operations.acts.ordering import may_order
from operations.acts.privacy import may_ask_for_reporter
from operations.acts.urging import tasks_to_urge
from operations.gate.moves import Move, move_of
from operations.gate.visibility import is_office_of, readable, visible
from queries.case.attachments import CaseAttachment, attachments
from queries.case.deadlines import DeadlineView, deadlines_of_case
from queries.case.diagrams import Diagram, diagrams_of_case
from queries.case.disputes import Dispute, disputes_of
from queries.case.facts import Reader, Sheet, has_personal_data, sheets, submissions_of
from queries.case.history import Happening, Story, hidden_elements, story_of, timeline
from queries.case.links import Link, links_of
from queries.case.notes import Note, notes_of
from queries.case.reading import ReadPaper, read_paper
from queries.case.recalled import recalled_sheets
from queries.case.side_by_side import UnitColumn, side_by_side
from queries.case.stops import stops
from queries.case.waits import Wait, waits_of
from queries.house.deliveries import DeliveryRow, told
from queries.lights import Lights, lights_at
from queries.meetings.of_case import meetings_of_case
from queries.receiving.callers import Look, looks_at
from queries.receiving.taught import may_teach
from queries.statuses import STATUS_NAMES
from reference.past_versions import forms_ever
from reference.people import post_names


@dataclass(frozen=True)
class OpenTaskRow:
    id: str
    name: str
    item: str
    post_name: str
    may_open: bool


class CaseFile:
    """Everything one person may know of one case. Each part is read when a page first shows it, and only once."""

    def __init__(self, instance: ProcessInstance, by: Identity):
        self.case, self.instance_id, self.definition_id = instance.case, instance.id, instance.definition_id
        self.status_name = STATUS_NAMES.get(self.case.status, self.case.status)
        self.created_at = self.case.created_at.astimezone(ZONE)
        self.closed_at = self.case.closed_at.astimezone(ZONE) if self.case.closed_at else None
        self._instance, self._by = instance, by
        self._hidden = hidden_elements(instance.definition_id, by)

    @cached_property
    def light(self) -> Lights:
        """Also the moment the whole file is told at."""
        return lights_at()

    @cached_property
    def move(self) -> Move:
        """The case as the engine has it, only to look at."""
        return move_of(self._instance, by=self._by, at=self.light.moment)

    @cached_property
    def submissions(self) -> Sequence[Submission]:
        return submissions_of(self.case)

    @cached_property
    def sheets(self) -> list[Sheet]:
        return sheets(self.case, self.submissions, self._reader, self.move.definition, self._hidden)

    @cached_property
    def recalled(self) -> list[Sheet]:
        """What its writers have taken back (撤回): it counts no more, and is read as the other forms are."""
        return recalled_sheets(self.case, self.submissions, self.move.definition, self._by, self._hidden)

    @property
    def said(self) -> dict[str, Any]:
        """The newest value of every field that a form of this case has handed in, but at a hidden element (XT-20)."""
        rows = (row.values for row in self.submissions if row.element not in self._hidden)
        return {key: value for values in rows for key, value in values.items() if value is not None}

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Each label once, with its newest value."""
        return list({label: value for sheet in self.sheets for label, value in sheet.facts}.items())

    @cached_property
    def may_reveal(self) -> bool:
        """The reporter's data in clear, for a reason; a meeting or an order of the office has none to look at."""
        return self._may_ask and has_personal_data(self.case, self.submissions, self.move.definition)

    @cached_property
    def looks(self) -> list[Look]:
        """By whom it was seen when its reporter called again: told to whoever may ask for the reporter."""
        return looks_at(self.case) if self.case.phone_hash and self._may_ask else []

    @cached_property
    def told(self) -> list[DeliveryRow]:
        """What was sent to its reporter: told to whoever may ask for the reporter."""
        return told(self.instance_id) if self._may_ask else []

    @cached_property
    def _may_ask(self) -> bool:
        return may_ask_for_reporter(self.case, self._by)

    @property
    def may_copy(self) -> bool:
        """抄送: by whom it is, of a case that may be copied."""
        return not why_not_copied(self.case) and self._may_ask

    @cached_property
    def may_teach(self) -> bool:
        """入知识库."""
        return may_teach(self.case, self._by)

    @cached_property
    def entry_id(self) -> int | None:
        """Of the entry that was made from it."""
        return entry_of(self.case.id)

    @cached_property
    def may_urge(self) -> bool:
        """催办: while it waits for others."""
        return bool(tasks_to_urge(self._tasks, self._by)) and is_office_of(self.case, self._by)

    @cached_property
    def may_order(self) -> bool:
        """督办 by hand."""
        return may_order(self.case, self._by)

    @cached_property
    def meetings(self) -> list[tuple[int, str]]:
        """Those that it was brought to: id, and what and when (CA-07)."""
        return meetings_of_case(self.case.id)

    @cached_property
    def attachments(self) -> list[CaseAttachment]:
        return attachments(self.case, self._by, self._reader.of_text)

    @cached_property
    def may_attach(self) -> bool:
        return not why_not_attached(self.case, self._by)

    @cached_property
    def notes(self) -> list[Note]:
        return notes_of(self.instance_id, self._by, self._reader.of_text)

    @cached_property
    def may_note(self) -> bool:
        return not why_not_noted(self.case, self._by)

    @property
    def may_keep_secret(self) -> bool:
        """Whether a note of theirs may be for the holders of clues alone (XT-20)."""
        return self._by.can("clues")

    @cached_property
    def links(self) -> list[Link]:
        return links_of(self.case, self._by, self._reader.of_text)

    @cached_property
    def may_link(self) -> bool:
        return not why_not_linked(self.case, self._by)

    @cached_property
    def request(self) -> str:
        """For a form on the case's page: a double click counts once (P3)."""
        return uuid4().hex

    @cached_property
    def stopped(self) -> str:
        """What a fault has done to it, in a sentence; mostly ""."""
        return stops([self.case.id], self._by).get(self.case.id, "")

    @cached_property
    def tasks(self) -> list[OpenTaskRow]:
        posts = post_names(task.post for task in self._tasks)
        return [
            OpenTaskRow(t.id, t.name, self._reader.of_text(t.item), posts[t.post], t.post in self._by.post_keys)
            for t in self._tasks
        ]

    def masked(self, text: str) -> str:
        """Free text as this person may read it (S-04)."""
        return self._reader.of_text(text)

    def item_of(self, task: Task) -> str:
        """Which of several alike it is, as this person may read it; mostly ""."""
        return self._reader.of_text(task.item)

    @cached_property
    def waits(self) -> list[Wait]:
        return waits_of(self._instance, self._hidden)

    @property
    def deadlines(self) -> list[DeadlineView]:
        return [each for each in self._deadlines if each.element not in self._hidden]

    @cached_property
    def disputes(self) -> list[Dispute]:
        return disputes_of(self.case, self._by, self._reader.of_text)

    @cached_property
    def disputable(self) -> set[int]:
        """The ids of the deadlines that this person can dispute now: not of those kept from them, also where their own
        confidential task shows one (CA-12, XT-20).
        """
        running = {each.id for each in self.deadlines if each.state == RUNNING}
        waiting = {each.deadline_id for each in self.disputes if each.is_open}
        return running - waiting if not why_not_disputed(self.case, self._by) else set()

    def newest_deadline(self, key: str | None) -> DeadlineView | None:
        return next((each for each in self._deadlines if each.key == key), None)

    @cached_property
    def timeline(self) -> list[Happening]:
        return timeline(self._story)

    @property
    def title(self) -> str:
        """As this person may read it."""
        return self._reader.of_text(self.case.title)

    def of_text(self, text: str) -> str:
        """Words about the case as this person may read them."""
        return self._reader.of_text(text)

    @cached_property
    def documents(self) -> list[ReadPaper]:
        return [read_paper(each, self._reader) for each in _documents(self.case.id, self._by)]

    @cached_property
    def diagrams(self) -> list[Diagram]:
        return diagrams_of_case(self.move, self._tasks, self._story, self._by)

    @cached_property
    def columns(self) -> list[UnitColumn]:
        return side_by_side(self.case, self._by, self.light, self._reader.of_text)

    @cached_property
    def _story(self) -> Story:
        return story_of(self._instance, self._by, self._reader)

    @cached_property
    def _reader(self) -> Reader:
        return Reader(self.case, self.submissions, forms_ever(self.move.definition), self._by)

    @cached_property
    def _deadlines(self) -> list[DeadlineView]:
        return deadlines_of_case(self.case, self.light)

    @cached_property
    def _tasks(self) -> list[Task]:
        return [task for task in _open_tasks(self.case.id) if not task.confidential or self._by.can("clues")]


def case_file(case_id: int, by: Identity) -> CaseFile:
    """Raises NotFound when there is no such case or this person may not see it."""
    found = select(ProcessInstance).join(ProcessInstance.case).where(Case.id == case_id, visible(by))
    found = found.options(contains_eager(ProcessInstance.case)).execution_options(populate_existing=True)
    instance = session.scalar(found)
    if instance is None:
        raise NotFound
    return CaseFile(instance, by)


def _documents(case_id: int, by: Identity) -> list[Document]:
    """Those this person may read."""
    mine = select(Document).join(Case, Case.id == Document.case_id).where(Document.case_id == case_id, readable(by))
    return list(session.scalars(mine.order_by(Document.id)))


def _open_tasks(case_id: int) -> list[Task]:
    """Soonest deadline first, and always in the same order."""
    waiting = select(Task).where(Task.case_id == case_id, Task.state == OPEN)
    return list(session.scalars(waiting.order_by(Task.due_at, Task.created_at, Task.id)))
