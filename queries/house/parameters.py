"""Parameters as those who may change them see them."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from models import Parameter, session
from operations.house.parameter_kinds import choices_in_words
from reference import definitions, parameters
from reference.seeds import parameter_name

ORIGINS = {"text": "原文规定", "peer": "同类做法", "inferred": "推定"}
EDITORS = {"manager": "业务主管", "admin": "管理员"}


@dataclass(frozen=True)
class ParameterRow:
    """`is_read` is false where nothing asks for it yet: no deployed diagram, no table, no code."""

    key: str
    name: str  # what people call it: 一般件办理时限
    value: Any
    unit: str
    rule: str
    origin_name: str
    editor_name: str
    note: str
    is_read: bool
    choices: str  # of an enumeration, with what they mean
    by_text: bool  # a document fixes it: who changes it names another that allows that (SPEC 2.6)
    by_manager: bool
    document: str  # key of the document it belongs to, "ALL" for none


def parameter_list(prefix: str = "") -> list[ParameterRow]:
    values = parameters.values_at(parameters.newest_revision())
    read = read_parameters()
    rows = session.scalars(select(Parameter).where(Parameter.key.startswith(prefix, autoescape=True)))
    return [
        ParameterRow(
            key=row.key,
            name=parameter_name(row.key),
            value=values[row.key],
            unit=row.unit,
            rule=row.rule,
            origin_name=ORIGINS[row.origin],
            editor_name=EDITORS[row.editable_by],
            note=row.note,
            is_read=row.key in read or row.key.startswith(parameters.READ_BY_PREFIX),
            choices=choices_in_words(row.key),
            by_text=row.origin == "text",
            by_manager=row.editable_by == "manager",
            document=row.seed,
        )
        for row in sorted(rows, key=lambda row: row.key)
    ]


def read_parameters() -> frozenset[str]:
    """The keys that the flows in force name, and those that code reads."""
    flows = [definitions.definition(row.id).parameters for row in definitions.newest_of_each()]
    return parameters.READ_BY_CODE.union(*flows)
