"""How scenarios went, and what would have come of real cases, is kept for so many days: each draft's and each flow's
last answer stays.
"""

from datetime import timedelta

from sqlalchemy import ColumnElement, delete, func, select, tuple_

from models import Job, ScenarioMend, TrialOutcome, WhatIfCase, now, session, transactional
from models.job import DONE, FAILED, STOPPED
from operations.studio import whatif
from operations.studio.trials import ALL, ONE, VERSION
from reference.parameters import in_force

KEY = "studio.keep_days"
KINDS = (ALL, ONE, VERSION, whatif.KIND)
AT_ONCE, OUTCOMES_AT_ONCE = 20, 500  # one job may have thousands of cases
PLACE = (TrialOutcome.draft_id, TrialOutcome.file, TrialOutcome.line)


@transactional
def drop_old_results() -> int:
    """Throw away what is older (a step of the ticker). Returns how many jobs, and outcomes of scenarios. Nothing where
    the parameter was never seeded.
    """
    days = in_force(KEY, None)
    if days is None:
        return 0
    before = now() - timedelta(days=days)
    jobs = session.scalars(select(Job.id).where(*_old_jobs(), Job.ended_at < before).limit(AT_ONCE)).all()
    outcomes = session.execute(
        select(*PLACE).where(TrialOutcome.at < before, _outdated()).limit(OUTCOMES_AT_ONCE)
    ).all()
    if jobs:
        session.execute(delete(WhatIfCase).where(WhatIfCase.job_id.in_(jobs)))
        session.execute(delete(Job).where(Job.id.in_(jobs)))
    if outcomes:
        session.execute(delete(TrialOutcome).where(tuple_(*PLACE).in_([tuple(row) for row in outcomes])))
    session.execute(delete(ScenarioMend).where(ScenarioMend.at < before))
    return len(jobs) + len(outcomes)


def _old_jobs() -> tuple[ColumnElement[bool], ...]:
    """Those that are over, but the last of each kind about each subject."""
    mine = Job.kind.in_(KINDS)
    last = select(func.max(Job.id)).where(mine).group_by(Job.kind, Job.subject)
    return mine, Job.state.in_((DONE, FAILED, STOPPED)), Job.id.not_in(last)


def _outdated() -> ColumnElement[bool]:
    """Of a revision of the draft before the one that was tried last."""
    last = select(TrialOutcome.draft_id, func.max(TrialOutcome.revision).label("revision"))
    newest = last.group_by(TrialOutcome.draft_id).subquery()
    of_mine = select(newest.c.revision).where(newest.c.draft_id == TrialOutcome.draft_id).scalar_subquery()
    return TrialOutcome.revision < of_mine
