"""Who was shown a case as an earlier one of a caller's (S-04)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from config import ZONE
from models import CallerLook, Case, session

LAST = 20


@dataclass(frozen=True)
class Look:
    by: str
    at: datetime  # local


def looks_at(case: Case) -> list[Look]:
    """The newest LAST of them first."""
    found = select(CallerLook).where(CallerLook.case_id == case.id).order_by(CallerLook.id.desc()).limit(LAST)
    return [Look(look.by, look.at.astimezone(ZONE)) for look in session.scalars(found)]
