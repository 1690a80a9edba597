"""Parameters as a manager keeps them: one document at a time, with what each has been."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from errors import NotFound
from models import Identity, Parameter, ParameterValue, session
from operations.house.parameter_rights import GENERAL, are_theirs
from queries.house.parameters import ParameterRow, parameter_list
from reference.clauses import documents
from reference.parameters import newest_revision


@dataclass(frozen=True)
class Former:
    """A value that a parameter was given, by whom and on what ground."""

    value: Any
    at: datetime
    by: str
    basis: str


@dataclass(frozen=True)
class ParameterLine:
    row: ParameterRow
    formers: Sequence[Former]  # newest first, the one in force included


@dataclass(frozen=True)
class ParametersPage:
    """`revision`: what was newest as the page was made; whoever changes something says what they saw."""

    document: str
    documents: dict[str, str]  # key and short name of those that this person may change
    lines: list[ParameterLine]
    revision: int


def parameters_page(document: str, by: Identity) -> ParametersPage:
    """`document` "": the first that this person may change. Raises NotFound for one they may not."""
    names = _documents(by)
    document = document or next(iter(names), "")
    if document not in names:
        raise NotFound
    formers = _formers(document)
    lines = [ParameterLine(row, formers.get(row.key, [])) for row in parameter_list() if row.document == document]
    return ParametersPage(document, names, lines, newest_revision())


def _documents(by: Identity) -> dict[str, str]:
    names = {each.key: each.short for each in documents()} | {GENERAL: "各县共用"}
    there = set(session.scalars(select(Parameter.seed).distinct()))
    return {key: name for key, name in names.items() if key in there and are_theirs(key, by)}


def _formers(document: str) -> dict[str, list[Former]]:
    rows = select(ParameterValue).join(Parameter, Parameter.key == ParameterValue.key).where(Parameter.seed == document)
    found: dict[str, list[Former]] = {}
    for row in session.scalars(rows.order_by(ParameterValue.id.desc())):
        found.setdefault(row.key, []).append(Former(row.value, row.at, row.by, row.basis))
    return found
