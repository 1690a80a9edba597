"""What a closed case teaches: the beginnings of an entry of the knowledge base (入知识库), for a person to finish."""

from typing import Any

from sqlalchemy import select

from engine.masking import Masking
from errors import NotFound
from models import Case, Identity, ProcessInstance, session
from operations.acts.knowledge import NEW, WRITE
from operations.gate.complained_of import reports_among
from operations.gate.visibility import visible
from queries.case.facts import submissions_of
from queries.public.progress import replies_of
from reference import definitions
from reference.matters import asked_in, typed_in
from reference.past_versions import forms_ever


def may_teach(case: Case, by: Identity) -> bool:
    """Of a closed case whose reporter was answered, for who writes; what was told in confidence, and what a report says
    of a unit, stays there (C-09).
    """
    if not by.can(WRITE) or case.closed_at is None or case.confidential or reports_among([case.id]):
        return False
    return bool(replies_of(case, known=False))


def entry_from(case_id: int, by: Identity) -> dict[str, Any]:
    """Title, question, answer and unit, with nobody's name or number in them (S-04); nothing is kept yet.

    Raises NotFound, also of a case that teaches nothing.
    """
    case = session.scalar(select(Case).where(Case.id == case_id, visible(by)))
    if case is None or not may_teach(case, by):
        raise NotFound
    [answer] = replies_of(case, known=False)
    title, question = _matter(case)
    said = {"title": title, "question": question, "answer": answer}
    longest = {field.key: field.longest for field in NEW.fields}
    return {key: text[: longest[key]] for key, text in said.items()} | {"unit": case.lead_org or ""}


def _matter(case: Case) -> tuple[str, str]:
    """What it is called, and what its first form says besides."""
    its = select(ProcessInstance.definition_id).where(ProcessInstance.case_id == case.id)
    forms, rows = forms_ever(definitions.definition(session.scalars(its).one())), submissions_of(case)
    typed = [(field, row.values.get(field.key)) for row in rows for field in forms[row.form].inputs]
    masking = Masking.of(typed, case.reporter, known=False)
    asked = (field for field in asked_in(forms[rows[0].form]) if field.key != "title") if rows else ()
    return masking.text(case.title), masking.text(typed_in(asked, rows[0].values) if rows else "")
