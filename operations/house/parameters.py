"""Change parameters. A running case keeps what it began with (C-11)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import select

import worktime
from assessment import BadParameters, tz, xx, yc, yl
from errors import AlreadyChanged, AppError, NotAllowed, NotFound
from models import Identity, Parameter, ParameterValue, now, session, transactional
from operations.gate.audit import note
from operations.house.parameter_kinds import check_digest, check_uploads, why_not
from operations.house.parameter_rights import require_may_change
from reference import parameters
from reference.seeds import parameter_called

#: What reads several parameters together, by how their keys begin; it refuses what does not go together.
TOGETHER = {
    "attach": check_uploads,
    "deadline": worktime.Rules.from_parameters,
    "notify": check_digest,
    "tz": tz.Rules.from_parameters,
    "xx": xx.Rules.from_parameters,
    "yc": yc.Rules.from_parameters,
    "yl": yl.Rules.from_parameters,
}


class BadParameterValue(AppError):
    """参数值不合适。"""


@dataclass(frozen=True)
class NewValue:
    """`basis`: the number of the document that allows it, where a document fixes the value (SPEC 2.6)."""

    value: Any
    basis: str = ""


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
    """Give one parameter a new value. Raises what change_parameters() raises."""
    return set_parameters({key: value}, by=by, basis=basis)[0]


def set_parameters(values: Mapping[str, Any], *, by: Identity, basis: str = "") -> list[ParameterValue]:
    """The same for several that go together, on one ground. Raises what change_parameters() raises."""
    return change_parameters({key: NewValue(value, basis) for key, value in values.items()}, by=by)


@transactional
def change_parameters(changes: Mapping[str, NewValue], *, by: Identity) -> list[ParameterValue]:
    """Give parameters new values for cases that begin from now on, all of them or none: weights that must add up to
    100% can only change together.

    Raises AlreadyChanged, what check_values() raises, and NotAllowed to whoever may not.
    """
    hold_parameters()
    for key in changes:
        require_may_change(parameter_of(key), by)
    return write_values(changes, by=by)


def write_values(changes: Mapping[str, NewValue], *, by: Identity) -> list[ParameterValue]:
    """For callers that hold the parameters and have checked who asks. Raises what check_values() raises."""
    check_values(changes)
    known = parameters.values_at(parameters.newest_revision())
    rows = [
        ParameterValue(key=key, value=new.value, at=now(), by=by.name, basis=new.basis) for key, new in changes.items()
    ]
    session.add_all(rows)
    for row in rows:
        ground = f"，依据：{row.basis}" if row.basis else ""
        note("settings", f"参数 {parameter_called(row.key)}：“{known[row.key]}”改为“{row.value}”{ground}", by)
    return rows


def check_values(changes: Mapping[str, NewValue]) -> None:
    """Whether parameters may have these values, whoever sets them.

    Raises NotFound, BadParameterValue, BadRules, and NotAllowed when a value that the document fixes (origin "text")
    changes without `basis` (SPEC 2.6).
    """
    for key, new in changes.items():
        _check_alone(key, new)
    _check_together({key: new.value for key, new in changes.items()})


def faults_of(changes: Mapping[str, NewValue]) -> dict[str, str]:
    """All that check_values() would raise, by the key it is about: those that do not go together each say so."""
    found = {}
    for key, new in changes.items():
        try:
            _check_alone(key, new)
        except AppError as error:
            found[key] = str(error)
    for keys in _groups(changes.keys() - found.keys()):
        try:
            _check_together({key: changes[key].value for key in keys})
        except AppError as error:
            found |= dict.fromkeys(keys, str(error))
    return found


def _groups(keys: Iterable[str]) -> list[list[str]]:
    """Those that the same reader takes together."""
    ordered = sorted(keys, key=lambda key: (key.split(".")[0], key))
    return [list(group) for _, group in groupby(ordered, key=lambda key: key.split(".")[0])]


def hold_parameters() -> None:
    """Two who change parameters at the same moment: the second waits, and is told. Each has checked a sum of weights
    that the other changes. Raises AlreadyChanged.
    """
    seen = parameters.newest_revision()
    session.execute(select(Parameter.key).order_by(Parameter.key).with_for_update())
    if parameters.newest_revision() != seen:
        raise AlreadyChanged("刚才有人修改了参数，请核对以后再试一次。")


def parameter_of(key: str) -> Parameter:
    """Raises NotFound."""
    parameter = session.get(Parameter, key)
    if parameter is None:
        raise NotFound(f"没有名为“{key}”的参数。")
    return parameter


def _check_alone(key: str, new: NewValue) -> None:
    parameter = parameter_of(key)
    if parameter.origin == "text" and not new.basis.strip():
        raise NotAllowed(f"“{parameter_called(key)}”由文件原文规定（{parameter.rule}），修改须填写依据文号。")
    _check(parameter, new.value)


def _check(parameter: Parameter, value: Any) -> None:
    """A value of another kind than the one it was seeded with would fail in the middle of somebody's case."""
    seeded = session.scalars(
        select(ParameterValue.value).where(ParameterValue.key == parameter.key).order_by(ParameterValue.id).limit(1)
    ).one()
    if words := why_not(parameter, seeded, value):
        raise BadParameterValue(f"“{parameter_called(parameter.key)}”{words}；现在是“{value}”。")


def _check_together(changed: Mapping[str, Any]) -> None:
    """The reader of a document's parameters takes all of them as they would then stand."""
    values = {**parameters.values_at(parameters.newest_revision()), **changed}
    for beginning in sorted({key.split(".")[0] for key in changed} & TOGETHER.keys()):
        try:
            TOGETHER[beginning](values)
        except BadParameters as bad:
            raise BadParameterValue(f"{bad}须一起改的几项，请同时改。") from None
