"""Change parameters. A running case keeps what it began with (C-11)."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

import worktime
from assessment import BadParameters, tz, xx, yc, yl
from errors import AppError, NotAllowed, NotFound
from models import Identity, Parameter, ParameterValue, now, session, transactional
from reference import parameters
from worktime.length import LONGEST

#: What somebody must be allowed to change a parameter, by its `editable_by`.
PERMISSION = {"manager": "manage", "admin": "administer"}
#: Units that are counted in whole numbers from 0.
COUNTED = {"wd", "cd", "h", "次", "min", "month", "year", "件", "位", "季", "星"}
DAYS = {"wd", "cd"}
#: Days that may be 0 although they are seeded otherwise: a light or a look back switched off, a call on the same day.
MAY_BE_NONE = {"warn.blue_before", "warn.yellow_before", "intake.duplicate_days", "xx.dedupe_days", "xt.contact_days"}
#: What reads several parameters together, by how their keys begin; it refuses what does not go together.
TOGETHER = {
    "deadline": worktime.Rules.from_parameters,
    "tz": tz.Rules.from_parameters,
    "xx": xx.Rules.from_parameters,
    "yc": yc.Rules.from_parameters,
    "yl": yl.Rules.from_parameters,
}
TYPES = {bool: "true 或 false", int: "数", float: "数", str: "文字", list: "列表", dict: "对照表"}


class BadParameterValue(AppError):
    """参数值不合适。"""


@transactional
def load_parameters(entries: Iterable[dict[str, Any]], *, by: Identity) -> int:
    """Add the parameters the database does not have yet. What a manager has changed stays. Returns how many are new."""
    added = 0
    for entry in entries:
        if session.get(Parameter, entry["key"]) is None:
            fields = ("key", "unit", "seed", "rule", "origin", "note", "editable_by")
            session.add(Parameter(**{field: entry[field] for field in fields}))
            session.add(ParameterValue(key=entry["key"], value=entry["value"], at=now(), by=by.name))
            added += 1
    return added


def set_parameter(key: str, value: Any, *, by: Identity, basis: str = "") -> ParameterValue:
    """Give one parameter a new value. Raises what set_parameters() raises."""
    return set_parameters({key: value}, by=by, basis=basis)[0]


@transactional
def set_parameters(values: Mapping[str, Any], *, by: Identity, basis: str = "") -> list[ParameterValue]:
    """Give parameters new values for cases that begin from now on, all of them or none: weights that must add up to
    100% can only change together.

    Raises NotFound, BadParameterValue, BadRules, and NotAllowed: to whoever may not, and when a value that the document
    fixes (origin "text") changes without `basis`, the number of the document that allows it (SPEC 2.6).
    """
    for key, value in values.items():
        _check(_changeable(key, by, basis), value)
    _check_together(values)
    rows = [ParameterValue(key=key, value=value, at=now(), by=by.name, basis=basis) for key, value in values.items()]
    session.add_all(rows)
    return rows


def _changeable(key: str, by: Identity, basis: str) -> Parameter:
    parameter = session.get(Parameter, key)
    if parameter is None:
        raise NotFound(f"没有名为“{key}”的参数。")
    if not by.can(PERMISSION[parameter.editable_by]):
        raise NotAllowed(f"您没有修改参数“{key}”的权限。")
    if parameter.origin == "text" and not basis.strip():
        raise NotAllowed(f"“{key}”由文件原文规定（{parameter.rule}），修改须填写依据文号。")
    return parameter


def _check(parameter: Parameter, value: Any) -> None:
    """A value of another kind than the one it was seeded with would fail in the middle of somebody's case."""
    seeded = session.scalars(
        select(ParameterValue.value).where(ParameterValue.key == parameter.key).order_by(ParameterValue.id).limit(1)
    ).one()
    kind = TYPES[type(seeded)]
    if TYPES.get(type(value)) != kind or (isinstance(value, float) and not math.isfinite(value)):
        raise BadParameterValue(f"“{parameter.key}”应为{kind}，例如 {seeded}；现在是“{value}”。")
    least = _least(parameter, seeded)
    if parameter.unit in COUNTED and not (isinstance(value, int) and least <= value <= LONGEST):
        raise BadParameterValue(f"“{parameter.key}”应为{least}至{LONGEST}的整数，现在是“{value}”。")


def _check_together(changed: Mapping[str, Any]) -> None:
    """The reader of a document's parameters takes all of them as they would then stand."""
    values = {**parameters.values_at(parameters.newest_revision()), **changed}
    for beginning in sorted({key.split(".")[0] for key in changed} & TOGETHER.keys()):
        try:
            TOGETHER[beginning](values)
        except BadParameters as bad:
            raise BadParameterValue(f"{bad}须一起改的几项，请同时改。") from None


def _least(parameter: Parameter, seeded: Any) -> int:
    """A limit of 0 days is over as it begins: only where the seeds mean it by 当日 may it be that."""
    return 1 if parameter.unit in DAYS and seeded and parameter.key not in MAY_BE_NONE else 0
