"""Looking at a reporter's data in clear: for a reason, and written down each time (C-02, S-04)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, not_, or_, select

from engine.forms import Field, Form, clean
from engine.masking import NO_NAMES
from errors import NotAllowed, NotFound
from models import Case, Document, Identity, ProcessInstance, Task, now, session, transactional
from models.task import OPEN
from operations.gate.moves import locked
from operations.gate.revisions import record
from operations.gate.visibility import in_whose_name, is_office_of, locked_for, of_office, readable

FORM = Form("reveal", "查看反映人信息", (Field("reason", "textfield", "查看原因", required=True, max_length=200),), {})


@transactional
def reveal_reporter(instance_id: int, values: Mapping[str, Any], *, by: Identity) -> ProcessInstance:
    """Write down that somebody looks and why, `values["reason"]`; queries.case.facts.personal_data() then tells.

    Raises NotFound, NotAllowed for somebody with nothing to do on the case, InvalidForm without a reason.
    """
    instance = locked(instance_id)
    if not may_ask_for_reporter(instance.case, by):
        raise NotAllowed("只有正在办理这个事项的人员可以查看反映人信息。")
    notes = [["reason", f"查看原因：{clean(FORM, values)['reason']}", ""]]
    by = in_whose_name(instance.case_id, by)
    record(instance, kind="revealed", by=by, at=now(), name="反映人信息", notes=notes)
    return instance


@transactional
def take_dossier(case_id: int, *, by: Identity) -> None:
    """Write down that somebody takes a copy of the whole case; queries.case.dossier.dossier() then makes it.

    Raises NotFound when there is no such case or this person may not see it.
    """
    instance = locked_for(case_id, by)
    record(instance, kind="taken", by=in_whose_name(case_id, by), at=now(), name="卷宗")


@transactional
def take_paper(document_id: int, *, by: Identity) -> None:
    """Write down that somebody takes a copy of one paper; queries.case.documents.paper_file() then makes it.

    Of a confidential one only the holders of the permission "clues" read so (XT-20). Raises NotFound as take_dossier().
    """
    mine = (
        select(Document.number, Document.confidential, ProcessInstance.id, Case.id)
        .join(Case, Case.id == Document.case_id)
        .join(ProcessInstance, ProcessInstance.case_id == Case.id)
    )
    row = session.execute(mine.where(Document.id == document_id, readable(by))).first()
    if row is None:
        raise NotFound
    number, confidential, instance_id, case_id = row
    kind = "taken_clue" if confidential else "taken"
    record(locked(instance_id), kind=kind, by=in_whose_name(case_id, by), at=now(), name=number)


def may_ask_for_reporter(case: Case, by: Identity) -> bool:
    """Who works on the case now, registered it, or sees all cases."""
    return may_know_reporter(case, by) and (is_office_of(case, by) or _holds(case, _works_on(by)))


def may_have_reporters_files(case: Case, by: Identity) -> bool:
    """A file that people hand in may tell who they are, and so may its name: as may_ask_for_reporter(), and of somebody
    who gave no name as of one who asked for confidence (C-09).
    """
    return _holds(case, reporters_files_for(by))


def reporters_files_for(by: Identity) -> ColumnElement[bool]:
    """may_have_reporters_files() of every case a query finds."""
    named = and_(not_(Case.confidential), Case.reporter.not_in(["", *NO_NAMES]))
    return or_(of_office(by), and_(named, _works_on(by)))


def _works_on(by: Identity) -> ColumnElement[bool]:
    return exists().where(Task.case_id == Case.id, Task.state == OPEN, Task.post.in_(by.post_keys))


def _holds(case: Case, condition: ColumnElement[bool]) -> bool:
    return session.scalar(select(Case.id).where(Case.id == case.id, condition)) is not None


def may_know_reporter(case: Case, by: Identity) -> bool:
    """Of a confidential case only the unit that registered it and the offices that see all know the reporter (C-09)."""
    return not case.confidential or is_office_of(case, by)


def reporter_known_to(by: Identity) -> ColumnElement[bool]:
    """may_know_reporter() of every case a query finds."""
    return or_(not_(Case.confidential), of_office(by))
