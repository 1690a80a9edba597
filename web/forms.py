"""What templates/_form.html asks of a form and its fields."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from flask import Flask

from config import ZONE
from engine import forms
from engine.forms import Choice, Field, Form
from models import now
from queries.house.units import not_offered

#: Where a field comes from when the official document does not say: like practice elsewhere, or presumed (SPEC 0).
NOT_IN_THE_DOCUMENT = {"P", "I"}
INPUTS = {"date": "date", "time": "time", "datetime": "datetime-local"}
#: Kinds that take the whole width of a form.
WIDE = {"textarea", "radio", "checklist", "taglist", "checkbox"}

Lists = Mapping[str, Sequence[Choice]]


def register(app: Flask) -> None:
    asked = (
        label_of,
        forms.choices,
        not_offered,
        input_type,
        bounds,
        typed,
        ticked,
        is_presumed,
        is_wide,
        has_text,
        to_json,
    )
    for each in asked:
        app.add_template_filter(each)


def label_of(form: Form | None, path: str) -> str:
    """The label at a path of InvalidForm: 理由, or 联系记录 第2行 内容 for part of a table."""
    field = form.find(path) if form else None
    if form is None or field is None:
        return path
    table, _, rest = path.partition(".")
    whole = form.find(table)
    return f"{whole.label} 第{int(rest.split('.')[0]) + 1}行 {field.label}" if rest and whole else field.label


def words_of(form: Form | None, path: str, text: str, lists: Lists) -> str:
    """A choice as people read it, anything else as it was typed."""
    field = form.find(path) if form else None
    names = {choice.value: choice.label for choice in forms.choices(field, lists)} if field else {}
    return names.get(text, text)


def input_type(field: Field) -> str:
    if field.type == "datetime":
        return INPUTS.get(field.subtype, "datetime-local")
    return "text"


def bounds(field: Field) -> dict[str, str]:
    """The first and the last day or minute that may be picked: the server refuses others. Asks the time only then."""
    if not forms.is_bounded(field):
        return {}
    moment = now()
    found = {"min": forms.earliest(field, moment), "max": forms.latest(field, moment)}
    return {name: bound for name, bound in found.items() if bound}


def typed(value: Any, field: Field) -> str:
    """As it stands in the box: what was typed, or what the case knows in the form the browser wants."""
    if value is None:
        return ""
    return MOMENTS[field.subtype](str(value)) if field.type == "datetime" else str(value)


def _readable(read: Callable[[str], str]) -> Callable[[str], str]:
    """What is none of its kind leaves the box empty: a browser shows nothing else."""

    def shown(text: str) -> str:
        try:
            return read(text)
        except (ValueError, OverflowError):
            return ""

    return shown


def _local(text: str) -> str:
    moment = datetime.fromisoformat(text)
    return f"{moment.astimezone(ZONE) if moment.tzinfo else moment:%Y-%m-%dT%H:%M}"


MOMENTS = {
    "date": _readable(lambda text: date.fromisoformat(text).isoformat()),
    "time": _readable(lambda text: time.fromisoformat(text).isoformat("minutes")),
    "datetime": _readable(_local),
}


def ticked(value: Any) -> set[str]:
    """Which options of radio buttons and checkboxes are on."""
    if value in (None, "", False):
        return set()
    each = value if isinstance(value, list | tuple) else [value]
    return {"true" if one is True else str(one) for one in each}


def is_presumed(field: Field) -> bool:
    return field.properties.get("origin") in NOT_IN_THE_DOCUMENT


def is_wide(field: Field) -> bool:
    return field.type in WIDE


def has_text(form: Form) -> bool:
    """Whether one types words into it: a phrase may go there."""
    return any(field.type == "textarea" for field in form.inputs)


def to_json(tree: Any) -> str:
    return json.dumps(tree, ensure_ascii=False)
