"""What the forms of a case say, as label and value, personal data masked (S-04)."""

import re
from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from engine.forms import Form
from models import Case, Submission, session
from operations.submissions import choice_lists
from reference import definitions

PHONE = re.compile(r"(?<!\d)(1\d{2})\d{4}(\d{4})(?!\d)")
IDENTITY_CARD = re.compile(r"(?<!\d)(\d{6})\d{8}(\d{3}[\dXx])(?!\d)")
#: Fields that hold a person's name.
NAMES = {"reporter", "reporter_name"}


def facts_of_case(case: Case, definition_id: int, hidden: Collection[str] = ()) -> list[tuple[str, str]]:
    """Every field anybody filled in, newest value last, in the order of the forms; not those of hidden elements."""
    forms = definitions.definition(definition_id).forms
    facts: dict[str, tuple[str, str]] = {}
    rows = session.scalars(select(Submission).where(Submission.case_id == case.id).order_by(Submission.id))
    for row in (row for row in rows if row.element not in hidden):
        for key, label, value in _filled_in(forms[row.form], row.values):
            facts[key] = (label, value)
    return list(facts.values())


def _filled_in(form: Form, values: dict[str, Any]) -> list[tuple[str, str, str]]:
    labelled = []
    for field in form.inputs:
        if values.get(field.key) not in (None, "", []):
            labelled.append((field.key, field.label, mask(field.key, _words(field, values[field.key]))))
    return labelled


def _words(field: Any, value: Any) -> str:
    """A value as people read it: labels of choices, 是/否, rows of a table one a line."""
    if isinstance(value, bool):
        return "是" if value else "否"
    choices = field.choices or choice_lists().get(field.choices_key or "", [])
    names = {choice.value: choice.label for choice in choices}
    if isinstance(value, list):
        return "、".join(names.get(str(each), str(each)) for each in value)
    return names.get(str(value), str(value))


def mask(key: str, text: str) -> str:
    """138****0000, 430321********1234, 王某某 (S-04)."""
    text = IDENTITY_CARD.sub(r"\1********\2", PHONE.sub(r"\1****\2", text))
    return f"{text[0]}某某" if key in NAMES and text else text
