"""A form handed in: checked, kept whole, and its facts put on the case."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from engine import forms
from handlers.orders import supervised_by
from handlers.period_troubles import goes_back
from models import Case, CaseUnit, Identity, Submission, Unit, Writes, session
from operations.gate.barring import refuse_barred
from operations.gate.case_words import says_something
from operations.gate.complained_of import refuse_complained_of
from operations.gate.moves import Move
from operations.gate.required_files import refuse_without_file
from operations.gate.supervised_units import units_to_order
from operations.gate.visibility import visible
from reference.counties import handling_units, own_units
from reference.privacy import listed

#: Fields that mean the same on every form and are facts of the case (SPEC 2.2).
FACTS = ("title", "satisfaction", "confidential")
#: What a form's `valuesKey` may name: code and name of units, for a person.
OFFERED = {"units": handling_units, "own_units": own_units}
#: … or those that assist with the case the form is of,
CO_UNITS = "co_units"
#: … or those that a 督办单 may be sent to, on a form of that,
ORDERED_UNITS = "ordered_units"
#: … or, with the key of a flow behind it, number and title of its open cases that the person may see, the
#: title as every list shows it (S-04).
OPEN_CASES = "open_cases:"
LISTS = (*OFFERED, CO_UNITS, ORDERED_UNITS, OPEN_CASES)


def submit(
    writes: Writes, move: Move, form_key: str, values: Mapping[str, Any], *, element: str, task_id: str | None
) -> dict[str, Any]:
    """Check the values, return them typed; `writes` will keep them. Raises InvalidForm with a sentence for each wrong
    field.
    """
    if not form_key:
        return {}
    form, context = move.definition.forms[form_key], move.host.context
    clean = checked(move, element, values, task_id)
    writes.add(
        Submission,
        case_id=move.instance.case_id,
        task_id=task_id,
        element=element,
        form=form_key,
        values=clean,
        by=context.by.name,
        user_id=context.by.id,
        at=context.now,
        goes_back=goes_back(form_key, clean),
    )
    move.said = move.said or says_something(form.inputs, clean)
    _note_facts(context.case, form, clean)
    return clean


def checked(move: Move, element: str, values: Mapping[str, Any], task_id: str | None) -> dict[str, Any]:
    """What was typed at an element, as submit() would keep it; nothing is kept. Raises InvalidForm."""
    form, context = move.definition.form_at(element), move.host.context
    if form is None:
        return {}
    lists = choice_lists(context.by, form.lists, context.case)
    clean = forms.clean(form, values, lists, _shown(move, form, task_id), now=context.now)
    refuse_barred(move, form, task_id, clean)
    refuse_complained_of(move, form, clean)
    refuse_without_file(form, task_id, clean)
    return clean


def _shown(move: Move, form: forms.Form, task_id: str | None) -> dict[str, Any]:
    """What the fields that are read only show: nobody hands it in, other fields are held to it."""
    keys = {field.key for field in form.inputs if field.readonly}
    task = next((each for each in move.execution.open_tasks() if each.id == task_id), None) if keys else None
    return {key: task.variables.get(key) for key in keys} if task else {}


def choice_lists(by: Identity, names: Iterable[str], case: Case | None = None) -> dict[str, list[forms.Choice]]:
    """Those of the lists that a form's `valuesKey` names, as this person may choose from them on a form of `case`."""
    found = {name: OFFERED[name](by) for name in names if name in OFFERED}
    if CO_UNITS in names:
        found[CO_UNITS] = _co_units(case) if case else handling_units(by)
    if ORDERED_UNITS in names:
        about = supervised_by(case.id) if case else None
        found[ORDERED_UNITS] = units_to_order(about, by) if about else handling_units(by)
    found |= {name: _open_cases(name.removeprefix(OPEN_CASES), by) for name in names if name.startswith(OPEN_CASES)}
    return {name: [forms.Choice(code, label) for code, label in pairs] for name, pairs in found.items()}


def _co_units(case: Case) -> list[tuple[str, str]]:
    """The units that assist with it, as they were dispatched: whom its meeting expects (TZ-08)."""
    mine = (CaseUnit.case_id == case.id) & (CaseUnit.role == "co")
    named = select(Unit.code, Unit.name).join(CaseUnit, CaseUnit.unit == Unit.code).where(mine)
    return [(row.code, row.name) for row in session.execute(named.order_by(Unit.name, Unit.code))]


def _open_cases(flow: str, by: Identity) -> list[tuple[str, str]]:
    mine = (Case.flow == flow) & Case.case_no.is_not(None) & Case.closed_at.is_(None)
    shown = select(Case.case_no, Case.title, Case.reporter, Case.confidential)
    rows = session.execute(shown.where(mine, visible(by)).order_by(Case.case_no))
    return [(row.case_no or "", f"{row.case_no} {listed(row.title, row)}") for row in rows]


def _note_facts(case: Case, form: forms.Form, values: dict[str, Any]) -> None:
    said = {fact: values.get(fact) for fact in FACTS}
    names = (values.get(field.key) for field in form.inputs if field.properties.get("personal") == "name")
    said["reporter"] = next(filter(None, names), None)
    for fact, value in said.items():
        if value not in (None, "", getattr(case, fact)):  # a row that is set, even to what it says, is flushed
            setattr(case, fact, value)
