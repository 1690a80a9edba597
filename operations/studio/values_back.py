"""Parameters that came into force with a version: what they were before it, for whoever goes back behind it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from errors import AppError
from models import (
    FlowDraft,
    FlowDraftValue,
    FlowPublication,
    Identity,
    Parameter,
    ProcessDefinition,
    session,
)
from operations.house.parameter_rights import require_may_change
from operations.house.parameters import NewValue, hold_parameters, parameter_of, write_values
from reference import parameters
from reference.seeds import parameter_called


class NotTakenBack(AppError):
    """这个参数不是后来随发布改的，没有回退。"""


@dataclass(frozen=True)
class SetWith:
    """A parameter, the version of the flow that it was set with, and the revision of all parameters before that."""

    key: str
    version: int
    before: int


@dataclass(frozen=True)
class Before:
    """`then`: the value before the first version behind that one set it; `version`: which; `now` another value."""

    parameter: Parameter
    then: Any
    now: Any
    version: int


@dataclass(frozen=True)
class Taken:
    """Which are to be taken back, and the number of the document that allows it (SPEC 2.6)."""

    keys: Collection[str]
    basis: str


def set_with(flow: str) -> list[SetWith]:
    """By the drafts of this flow that were published, oldest first."""
    found = (
        select(FlowDraftValue.key, ProcessDefinition.version, FlowDraftValue.seen)
        .join(FlowDraft, FlowDraft.id == FlowDraftValue.draft_id)
        .join(FlowPublication, FlowPublication.draft_id == FlowDraft.id)
        .join(ProcessDefinition, ProcessDefinition.id == FlowPublication.definition_id)
        .where(ProcessDefinition.key == flow)
        .order_by(ProcessDefinition.version, FlowDraftValue.key)
    )
    return [SetWith(*row) for row in session.execute(found)]


def values_before(later: Collection[SetWith], version: int) -> list[Before]:
    """What going back to this version may take back: each parameter set behind it that would be another one."""
    first = {each.key: each for each in reversed(list(later)) if each.version > version}
    known = parameters.values_at(parameters.newest_revision()) if first else {}
    return [
        Before(parameter_of(key), then, known[key], each.version)
        for key, each in sorted(first.items())
        if (then := parameters.values_at(each.before).get(key, known[key])) != known[key]
    ]


def take_back(flow: str, version: int, keys: Collection[str], basis: str, *, by: Identity) -> None:
    """Give those parameters the values of before, for callers that have a transaction.

    Raises NotTakenBack, and what change_parameters() raises.
    """
    if not keys:
        return
    hold_parameters()
    then = {each.parameter.key: each.then for each in values_before(set_with(flow), version)}
    if strange := [key for key in keys if key not in then]:
        raise NotTakenBack(f"参数“{parameter_called(strange[0])}”现在不用回退，请看过再定。")
    for key in keys:
        require_may_change(parameter_of(key), by)
    write_values({key: NewValue(then[key], basis) for key in keys}, by=by)
