"""What a draft keeps of a form: everything typed, nothing checked."""

from collections.abc import Mapping
from typing import Any

from engine.forms.form import Field, Form, flat
from engine.forms.names import unflatten


def drafted(form: Form, values: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in each field that is asked, in the shape that a template draws; None where nothing does, so that a
    field somebody has emptied is not filled in again. What another edition of the form had besides is left out.
    """
    return _typed(form.fields, unflatten(values))


def _typed(fields: tuple[Field, ...], values: Mapping[str, Any]) -> dict[str, Any]:
    asked = [field for field in flat(fields) if field.key and not field.readonly]
    return {field.key: _entry(field, values.get(field.key)) for field in asked}


def _entry(field: Field, raw: Any) -> Any:
    if field.type == "dynamiclist":
        rows = raw if isinstance(raw, list) else []
        return [_typed(field.fields, row) for row in rows if isinstance(row, Mapping)]
    if isinstance(raw, list):
        return [text for text in raw if isinstance(text, str)]
    return raw if isinstance(raw, str) else None
