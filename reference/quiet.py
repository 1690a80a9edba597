"""The quiet hours, in which nothing rings outside the house, and the hour of the digest."""

from datetime import datetime, time, timedelta

from config import ZONE
from reference.parameters import in_force

QUIET, DIGEST_AT = "notify.quiet", "notify.digest_at"
NONE = "无"


def quiet_until(moment: datetime) -> datetime | None:
    """When the quiet hours end in which `moment` lies; None outside of them."""
    hours, local = str(in_force(QUIET, NONE)), moment.astimezone(ZONE)
    if not lies_in(local.time(), hours):
        return None
    first, last = _ends(hours)
    day = local.date() + timedelta(days=first > last and local.time() >= first)
    return datetime.combine(day, last, ZONE)


def lies_in(hour: time, hours: str) -> bool:
    """`hours`: 22:00-07:00, or NONE. The first minute is one of them, the last is not."""
    if hours == NONE:
        return False
    first, last = _ends(hours)
    return first <= hour or hour < last if first > last else first <= hour < last


def _ends(hours: str) -> tuple[time, time]:
    first, last = hours.split("-")
    return time.fromisoformat(first), time.fromisoformat(last)


def digest_of(moment: datetime) -> datetime:
    """When the digest of that day is due."""
    return datetime.combine(moment.astimezone(ZONE).date(), time.fromisoformat(str(in_force(DIGEST_AT, "08:30"))), ZONE)
