"""Whom a case is a report about: the units named on any form handed in, and all that stands beneath them. Whoever is
named never handles it and is never shown it (C-09); what a later form leaves out takes nobody off. A 督办单 by hand is
about what the case is about that it supervises.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Select, select

from engine.forms import Field, Form, flat
from engine.forms.cleaning import APART_FROM, several
from errors import InvalidForm
from models import CaseLink, ProcessInstance, Submission, Unit, beneath, session
from models.link import ORDERS
from operations.gate.moves import Move
from reference import definitions

#: What a form's field is on the official sheet when it names the unit that a report is about.
COMPLAINED_OF = "accused"


def complained_of(instance: ProcessInstance) -> set[str]:
    """The codes of the units that the case is a report about."""
    forms = definitions.definition(instance.definition_id).forms
    handed_in = select(Submission.form, Submission.values).where(Submission.case_id == instance.case_id)
    named = _whole({unit for form, values in session.execute(handed_in) for unit in _named(forms[form], values)})
    return named.union(*(complained_of(each) for each in session.scalars(_supervised(instance.case_id))))


def reports_among(cases: Collection[int]) -> set[int]:
    """Those of these cases on a form of which a report says whom it is about."""
    flow = ProcessInstance.definition_id
    flows = session.scalars(select(flow).where(ProcessInstance.case_id.in_(cases)).distinct())
    forms = {(each, key): form for each in flows for key, form in definitions.definition(each).forms.items()}
    asking = {key: form for key, form in forms.items() if _naming(form)}
    answers = (
        select(Submission.case_id, flow, Submission.form, Submission.values)
        .join(ProcessInstance, ProcessInstance.case_id == Submission.case_id)
        .where(Submission.case_id.in_(cases), Submission.form.in_({key for _, key in asking}))
    )
    rows = ((case, asking.get((each, key)), values) for case, each, key, values in session.execute(answers))
    named = {case for case, form, values in rows if form and _named(form, values)}
    orders = {case: list(session.scalars(_supervised(case).with_only_columns(CaseLink.other_id))) for case in cases}
    return named | {case for case, about in orders.items() if about and reports_among(about)}


def _supervised(case_id: int) -> Select[Any]:
    """The case that this one is a 督办单 about, if it is one."""
    about = select(ProcessInstance).join(CaseLink, CaseLink.other_id == ProcessInstance.case_id)
    return about.where(CaseLink.case_id == case_id, CaseLink.kind == ORDERS)


def refuse_complained_of(move: Move, form: Form, clean: Mapping[str, Any]) -> None:
    """Hold what is kept apart from 被举报单位 (`apartFrom`) to what any form of the case names, this one too.

    Raises InvalidForm with a sentence a field.
    """
    chosen = list(_chosen(form, clean))
    if not chosen:
        return
    about = complained_of(move.instance) | _whole(_named(form, clean))
    found = {path: (field, unit) for path, field, unit in chosen if unit in about}
    if found:
        names = dict(session.execute(select(Unit.code, Unit.name).where(Unit.code.in_(about))).all())
        raise InvalidForm(
            {
                path: f"“{names[unit]}”是提交或者登记时写明的被举报单位，不能选为“{field.label}”（C-09）。"
                for path, (field, unit) in found.items()
            }
        )


def _named(form: Form, values: Mapping[str, Any]) -> set[str]:
    return {str(unit) for key in _naming(form) for unit in several(values.get(key)) if unit}


def _naming(form: Form) -> set[str]:
    return {field.key for field in form.inputs if field.properties.get("field") == COMPLAINED_OF}


def _whole(units: Iterable[str]) -> set[str]:
    """These and what stands beneath: an office within a bureau is that bureau."""
    tops = list(units)
    found = beneath(select(Unit.__table__.c.id, Unit.__table__.c.code).where(Unit.__table__.c.code.in_(tops)))
    return {*tops, *session.scalars(found)} if tops else set()


def _chosen(form: Form, values: Mapping[str, Any]) -> Iterator[tuple[str, Field, str]]:
    """Where, on what field and which unit was chosen that must not be the one complained of."""
    accused = _naming(form)
    for field in form.inputs if accused else ():
        if _is_apart(field, accused):
            yield from ((field.key, field, unit) for unit in several(values.get(field.key)))
        for column in (each for each in flat(field.fields) if _is_apart(each, accused)):
            for number, row in enumerate(values.get(field.key) or []):
                yield from ((f"{field.key}.{number}.{column.key}", column, u) for u in several(row.get(column.key)))


def _is_apart(field: Field, accused: set[str]) -> bool:
    return not accused.isdisjoint(field.properties.get(APART_FROM, "").split())
