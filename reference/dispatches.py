"""What a county has learnt of its dispatches, made ready once after each time it has learnt."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select

from engine.masking import Masking
from models import Case, DispatchModel, ProcessInstance, Submission, session
from models.nearest import Nearest
from reference import definitions
from reference.cache import per_database
from reference.matters import asked_in, typed_in


@dataclass(frozen=True)
class Learnt:
    """`cases` and `units` are those of the texts in `index`, each in its place."""

    at: datetime
    cases: tuple[int, ...]
    units: tuple[str, ...]
    index: Nearest


def learnt(county: str) -> Learnt | None:
    """Of the county with this top unit; None where nothing was learnt yet."""
    at = session.scalar(select(DispatchModel.learnt_at).where(DispatchModel.county == county))
    return _learnt(county, at) if at else None


@per_database(size=8)
def _learnt(county: str, at: datetime) -> Learnt:
    cases = session.scalar(select(DispatchModel.examples).where(DispatchModel.county == county)) or []
    told = [(row, text) for row in _first_forms(cases) if (text := _matter(row)).strip()]
    units = tuple(row.lead_org for row, _ in told)
    return Learnt(at, tuple(row.id for row, _ in told), units, Nearest(text for _, text in told))


def _first_forms(cases: Collection[int]) -> Collection[Row[Any]]:
    """The newest case first; none that has become confidential since it was learnt (C-09)."""
    first = select(func.min(Submission.id)).where(Submission.case_id.in_(cases)).group_by(Submission.case_id)
    found = (
        select(Case.id, Case.lead_org, Case.reporter, ProcessInstance.definition_id, Submission.form, Submission.values)
        .join(ProcessInstance, ProcessInstance.case_id == Case.id)
        .join(Submission, Submission.case_id == Case.id)
        .where(Submission.id.in_(first), Case.confidential.is_(False))
    )
    return session.execute(found.order_by(Case.closed_at.desc(), Case.id.desc())).all()


def _matter(row: Row[Any]) -> str:
    """Of its first form, with its reporter's name and the numbers in it masked (S-04): nobody is found by them."""
    form = definitions.definition(row.definition_id).forms.get(row.form)
    if form is None:
        return ""
    typed = [(field, row.values.get(field.key)) for field in form.inputs]
    return Masking.of(typed, row.reporter, known=False).text(typed_in(asked_in(form), row.values))
