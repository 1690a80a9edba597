"""Learn from closed cases which unit handles what (a step of the ticker): each county once a day, no page waits."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import or_, select

from models import Case, CaseLink, DispatchModel, Unit, now, session, transactional
from models.alone import DISPATCHES, first_to
from models.link import ORDERS
from operations.gate.complained_of import reports_among
from operations.gate.each_alone import each_alone
from reference.counties import county_of

EVERY = timedelta(days=1)
MOST = 2_000  # the newest: who handles what changes in the end
#: Sent elsewhere or turned away: whoever had it did not handle it.
NOT_HANDLED = ("rejected", "transferred_out")


def learn_dispatches() -> int:
    """The counties that have not learnt since yesterday; nothing is locked while their cases are read. Returns how
    many have learnt.
    """
    return each_alone(_learn, [(county,) for county in _due()])


def _due() -> Sequence[str]:
    fresh = (DispatchModel.county == Unit.code) & (DispatchModel.learnt_at > now() - EVERY)
    due = Unit.parent_id.is_(None) & DispatchModel.county.is_(None)
    return session.scalars(select(Unit.code).outerjoin(DispatchModel, fresh).where(due).order_by(Unit.id)).all()


def _learn(county: str) -> bool:
    return _keep(county, _examples(county))


def _examples(county: str) -> list[int]:
    """What was told in confidence is learnt by nobody, nor what a report says of somebody (C-09). A 督办单 is no matter
    that was dispatched.
    """
    handled = or_(Case.result.is_(None), Case.result.not_in(NOT_HANDLED))
    ours = Case.lead_org.in_(county_of([county]))
    closed = select(Case.id).where(Case.closed_at.is_not(None), Case.confidential.is_(False), handled, ours)
    closed = closed.where(Case.id.not_in(select(CaseLink.case_id).where(CaseLink.kind == ORDERS)))
    cases = session.scalars(closed.order_by(Case.closed_at.desc(), Case.id.desc()).limit(MOST)).all()
    reports = reports_among(cases)
    return [case for case in cases if case not in reports]


@transactional
def _keep(county: str, cases: list[int]) -> bool:
    """One ticker at a time: two would both write the first row of a county."""
    if not first_to(DISPATCHES):
        return False
    session.merge(DispatchModel(county=county, learnt_at=now(), examples=cases))
    return True
