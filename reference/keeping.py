"""How long a draft is kept: so many days after it was saved, and after the parameter was last set.

A period that is shortened, or new after an upgrade, takes nothing away that nobody was told of.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from models import ParameterValue, session
from reference.cache import per_database

KEY = "draft.keep_days"
TOLD = timedelta(days=7)  # before the end, which is why the parameter's bounds begin at twice that


@dataclass(frozen=True)
class Keeping:
    """`since`: when the period was set."""

    days: timedelta
    since: datetime

    def end(self, saved: datetime) -> datetime:
        """When a draft saved then is thrown away."""
        return max(saved, self.since) + self.days

    def saved_before(self, moment: datetime) -> datetime | None:
        """Drafts saved before this have ended at `moment`; None when none has."""
        return moment - self.days if self.since < moment - self.days else None


@per_database(size=4)
def keeping(revision: int) -> Keeping | None:
    """As of this revision of the parameters; None where the parameter was never seeded, and drafts stay."""
    rows = select(ParameterValue.value, ParameterValue.at)
    rows = rows.where(ParameterValue.key == KEY, ParameterValue.id <= revision).order_by(ParameterValue.id.desc())
    row = session.execute(rows.limit(1)).first()
    return Keeping(timedelta(days=row.value), row.at) if row else None
