"""Parameters as a case reads them: as they stood when it began (C-11)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import func, select

from errors import NotFound
from models import ParameterValue, session
from reference.cache import per_database

#: Keys that code reads by name, besides those that a diagram or a table names in param("…").
READ_BY_CODE = frozenset(
    {
        "attach.case_mb",
        "attach.max_files",
        "attach.max_mb",
        "bulletin.near_due_days",
        "bulletin.often_times",
        "deadline.count_start_day",
        "deadline.day_end",
        "doc.issuer",
        "draft.keep_days",
        "flow.retired",
        "intake.duplicate_days",
        "notify.digest_at",
        "notify.quiet",
        "order.days",
        "portal.per_hour",
        "sec.login_fail_lock",
        "sec.pwd_min_len",
        "sec.session_idle",
        "studio.keep_days",
        "tz.bonus_cut",
        "tz.bottom_n",
        "tz.bulletin_drop_places",
        "tz.bulletin_drop_threshold",
        "tz.dissatisfied_below",
        "tz.float.baseline",
        "tz.float.cap_pct",
        "tz.float.mode",
        "tz.float.per_over",
        "tz.float.step_pct",
        "tz.same_mark_min",
        "tz.sat.coef",
        "tz.snail_quarters",
        "tz.w.case",
        "tz.w.enterprise",
        "tz.w.lead_on_co",
        "tz.w.park_on_co",
        "warn.blue_before",
        "warn.yellow_before",
        "xx.kpi_weights",
        "xx.satisfied_levels",
        "yc.review_group_weights",
        "yc.review_mode",
        "yc.review_trim",
        "yl.weight.initiator",
        "yl.weight.office",
    }
)

#: Part of a statement that asks for more.
NEWEST = select(func.coalesce(func.max(ParameterValue.__table__.c.id), 0)).scalar_subquery()
#: Beginnings of keys that code or a diagram puts together from what a case says: param("yc.kpi." + kpi_code).
READ_BY_PREFIX = ("yc.kpi.",)

_newest = select(NEWEST)


def newest_revision() -> int:
    return session.connection().scalars(_newest).one()


@per_database(size=64)
def values_at(revision: int) -> Mapping[str, Any]:
    """Every parameter's value as of a revision."""
    rows = select(ParameterValue.key, ParameterValue.value).where(ParameterValue.id <= revision)
    return MappingProxyType(dict(session.execute(rows.order_by(ParameterValue.id)).all()))


def in_force(key: str, default: Any) -> Any:
    """One parameter's newest value, for what is no case's: signing in, a password."""
    return values_at(newest_revision()).get(key, default)


def value_at(key: str, revision: int) -> Any:
    """One parameter's value as of a revision. Raises NotFound in words a designer understands."""
    values = values_at(revision)
    if key not in values:
        raise NotFound(f"没有名为“{key}”的参数。")
    return values[key]
