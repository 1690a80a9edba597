"""What a form says of the matter itself: the words by which like cases and answers are found."""

from collections.abc import Iterable, Mapping
from typing import Any

from engine.forms import Field, Form
from engine.forms.form import TEXTS

LONGEST = 600  # characters: the matter is told by then


def asked_in(form: Form) -> list[Field]:
    """The fields for free text that say nothing of who brings it (S-04), nor that something is reported (XT-20)."""
    return [field for field in form.inputs if field.type in TEXTS and _is_open(field)]


def typed_in(fields: Iterable[Field], values: Mapping[str, Any]) -> str:
    """What stands in these fields, one after the other."""
    texts = (values.get(field.key) for field in fields)
    return " ".join(text for text in texts if isinstance(text, str))[:LONGEST]


def _is_open(field: Field) -> bool:
    return "personal" not in field.properties and not field.confidential and not field.readonly
