"""Which open cases say nearly the same as this one, whoever brought them: a dozen people call about one broken main."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, func, select

from models import Case, ProcessInstance, Submission, session
from models.nearest import pieces_of
from reference import definitions
from reference.matters import asked_in, typed_in
from reference.past_versions import forms_ever

ALIKE = 0.4  # twice the pieces they share over those that both have
LOOKED_AT = 300  # the newest: comparing more would be felt


def near_in_words(case: Case, among: Select[Any]) -> list[Case]:
    """Of the newest LOOKED_AT of these the ones with nearly the same words, the nearest first."""
    others: Sequence[Case] = session.scalars(
        among.order_by(Case.created_at.desc(), Case.id.desc()).limit(LOOKED_AT)
    ).all()
    words = _words([case, *others]) if others else {}
    likeness = {other.id: _likeness(words[case.id], words[other.id]) for other in others}
    near = [other for other in others if likeness[other.id] >= ALIKE]
    return sorted(near, key=lambda other: -likeness[other.id])


def _likeness(one: set[str], other: set[str]) -> float:
    """Of all pieces alike: how rare one is among so few cases says little."""
    return 2 * len(one & other) / (len(one) + len(other) or 1)


def _words(cases: Collection[Case]) -> Mapping[int, set[str]]:
    """The pieces of the title and of what the first form says of the matter (S-04: nothing of who brought it)."""
    told = {row.case_id: _typed(row) for row in session.execute(_first_forms([case.id for case in cases]))}
    return {case.id: pieces_of(f"{case.title} {told.get(case.id, '')}") for case in cases}


def _first_forms(cases: Collection[int]) -> Select[Any]:
    first = select(func.min(Submission.id)).where(Submission.case_id.in_(cases)).group_by(Submission.case_id)
    found = select(Submission.case_id, ProcessInstance.definition_id, Submission.form, Submission.values)
    of_case = ProcessInstance.case_id == Submission.case_id
    return found.join(ProcessInstance, of_case).where(Submission.id.in_(first))


def _typed(row: Any) -> str:
    form = forms_ever(definitions.definition(row.definition_id)).get(row.form)
    return typed_in(asked_in(form), row.values) if form else ""
