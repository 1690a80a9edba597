"""The quiet hours, in which nothing rings outside the house, and the hour of the digest."""

from datetime import datetime, time, timedelta

from config import ZONE
from reference.parameters import in_force

QUIET, DIGEST_AT = "notify.quiet", "notify.digest_at"
NONE = "无"


def quiet_until(moment: datetime) -> datetime | None:
    """When the quiet hours end in which `moment` lies; None outside of them."""
    hours = str(in_force(QUIET, NONE))
    if hours == NONE:
        return None
    first, last = (time.fromisoformat(hour) for hour in hours.split("-"))
    local = moment.astimezone(ZONE)
    over_midnight = first > last
    in_them = first <= local.time() or local.time() < last if over_midnight else first <= local.time() < last
    if not in_them:
        return None
    day = local.date() + timedelta(days=over_midnight and local.time() >= first)
    return datetime.combine(day, last, ZONE)


def digest_of(moment: datetime) -> datetime:
    """When the digest of that day is due."""
    return datetime.combine(moment.astimezone(ZONE).date(), time.fromisoformat(str(in_force(DIGEST_AT, "08:30"))), ZONE)
