"""A form as one of several steps that share it asks for it: what is hidden there, and what is only shown there."""

from collections.abc import Mapping
from dataclasses import replace

from engine.forms.form import Field, Form

HIDDEN = "formHidden"  # on a user task: keys of fields of its form that are neither shown nor taken there
READONLY = "formReadonly"  # … that show what the case says, and are not taken there


def form_of(forms: Mapping[str, Form], said: Mapping[str, str]) -> Form | None:
    """The form that an element names, as the properties of that element narrow it; None for one without a form.

    Mostly the form itself: an element that says nothing of fields costs two look-ups.
    """
    form = forms.get(said.get("form", ""))
    if form is None or not (HIDDEN in said or READONLY in said):
        return form
    return narrowed(form, frozenset(said.get(HIDDEN, "").split()), frozenset(said.get(READONLY, "").split()))


def narrowed(form: Form, hidden: frozenset[str], readonly: frozenset[str]) -> Form:
    """Without the fields whose key is `hidden`; those that are `readonly` show a value and are not asked for."""
    return replace(form, fields=_narrowed(form.fields, hidden, readonly))


def _narrowed(fields: tuple[Field, ...], hidden: frozenset[str], readonly: frozenset[str]) -> tuple[Field, ...]:
    """A group in which everything is hidden goes with it."""
    left = []
    for field in fields:
        if field.type == "group":
            inside = _narrowed(field.fields, hidden, readonly)
            if inside or not field.fields:
                left.append(replace(field, fields=inside))
        elif field.key in readonly:
            left.append(shown_only(field))
        elif not field.key or field.key not in hidden:
            left.append(field)
    return tuple(left)


def shown_only(field: Field) -> Field:
    """The same to look at: what it would begin with is no value of the case. Rows with all their columns."""
    properties = {name: value for name, value in field.properties.items() if name != "prefill"}
    columns = tuple(map(shown_only, field.fields))
    return replace(field, readonly=True, required=False, default=None, properties=properties, fields=columns)
