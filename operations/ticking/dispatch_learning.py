"""Learn from closed cases which unit handles what (a step of the ticker): each county once a day, no page waits."""

from datetime import timedelta
from typing import Any

from sqlalchemy import func, or_, select

from engine.masking import Masking
from models import Case, DispatchModel, ProcessInstance, Submission, Unit, now, session, transactional
from reference import definitions
from reference.counties import county_of
from reference.matters import asked_in, typed_in

EVERY = timedelta(days=1)
MOST = 2_000  # the newest: who handles what changes in the end
#: Sent elsewhere or turned away: whoever had it did not handle it.
NOT_HANDLED = ("rejected", "transferred_out")


def learn_dispatches() -> int:
    """One county that has not learnt since yesterday; nothing is locked while its cases are read. Returns how many."""
    county = _due()
    if county is None:
        return 0
    _keep(county, _examples(county))
    return 1


def _due() -> str | None:
    fresh = (DispatchModel.county == Unit.code) & (DispatchModel.learnt_at > now() - EVERY)
    found = select(Unit.code).outerjoin(DispatchModel, fresh)
    return session.scalar(found.where(Unit.parent_id.is_(None), DispatchModel.county.is_(None)).limit(1))


def _examples(county: str) -> list[list[Any]]:
    """What was told in confidence is learnt by nobody (C-09)."""
    handled = or_(Case.result.is_(None), Case.result.not_in(NOT_HANDLED))
    ours = Case.lead_org.in_(county_of([county]))
    cases = select(Case.id).where(Case.closed_at.is_not(None), Case.confidential.is_(False), handled, ours)
    newest = cases.order_by(Case.closed_at.desc(), Case.id.desc()).limit(MOST).subquery()
    first = (
        select(func.min(Submission.id)).where(Submission.case_id == newest.c.id).group_by(Submission.case_id)
    ).correlate(newest)
    found = (
        select(Case.id, Case.lead_org, Case.reporter, ProcessInstance.definition_id, Submission.form, Submission.values)
        .join(newest, newest.c.id == Case.id)
        .join(ProcessInstance, ProcessInstance.case_id == Case.id)
        .join(Submission, Submission.id == first.scalar_subquery())
        .order_by(Case.closed_at.desc(), Case.id.desc())
    )
    rows = session.execute(found).all()
    examples = ([row.id, row.lead_org, _matter(row)] for row in rows)
    return [example for example in examples if example[2].strip()]


def _matter(row: Any) -> str:
    """Of its first form; as everybody may read it (S-04)."""
    form = definitions.definition(row.definition_id).forms.get(row.form)
    if form is None:
        return ""
    typed = [(field, row.values.get(field.key)) for field in form.inputs]
    return Masking.of(typed, row.reporter, known=False).text(typed_in(asked_in(form), row.values))


@transactional
def _keep(county: str, examples: list[list[Any]]) -> None:
    """Of two tickers the later one's stays: both have read the same cases."""
    session.merge(DispatchModel(county=county, learnt_at=now(), examples=examples))
