"""What the forms of a case say, as label and value, personal data masked (S-04)."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from engine.forms import Choice, Field, choices
from models import SYSTEM, Case, Identity, Submission, session
from operations.privacy import may_know_reporter
from operations.submissions import choice_lists
from queries.privacy import mask
from reference import definitions

CONFIDENTIAL = "反映人要求保密，联系请经工作专班转达"

Facts = list[tuple[str, str]]


def facts_of_case(case: Case, definition_id: int, by: Identity, hidden: Collection[str] = ()) -> Facts:
    """Every field anybody filled in, newest value last, in the order of the forms; not those of hidden elements."""
    known, lists = may_know_reporter(case, by), choice_lists(SYSTEM)
    facts: dict[str, tuple[str, str]] = {}
    for field, value in _filled_in(case, definition_id, hidden):
        kind = field.properties.get("personal", "")
        words = mask(kind, _words(field, value, lists)) if known or not kind else CONFIDENTIAL
        facts[field.key] = (field.label, words)
    return list(facts.values())


def personal_data(case: Case, definition_id: int) -> Facts:
    """The reporter's data in clear; operations/privacy.py has written down who looks and why."""
    fields = _filled_in(case, definition_id, ())
    return list({f.key: (f.label, str(value)) for f, value in fields if "personal" in f.properties}.values())


def _filled_in(case: Case, definition_id: int, hidden: Collection[str]) -> list[tuple[Field, Any]]:
    forms = definitions.definition(definition_id).forms
    rows = session.scalars(select(Submission).where(Submission.case_id == case.id).order_by(Submission.id))
    return [
        (field, row.values[field.key])
        for row in rows
        if row.element not in hidden
        for field in forms[row.form].inputs
        if row.values.get(field.key) not in (None, "", [])
    ]


def _words(field: Field, value: Any, lists: Mapping[str, Sequence[Choice]]) -> str:
    """A value as people read it: labels of choices, 是/否, several joined."""
    if isinstance(value, bool):
        return "是" if value else "否"
    names = {choice.value: choice.label for choice in choices(field, lists)}
    if isinstance(value, list):
        return "、".join(names.get(str(each), str(each)) for each in value)
    return names.get(str(value), str(value))
