"""Forms: read from form-js schemas, and what is handed in held to them."""

from engine.forms.clashes import clashes
from engine.forms.cleaning import clean
from engine.forms.days import earliest, is_bounded, latest
from engine.forms.drafting import drafted
from engine.forms.entries import choices
from engine.forms.form import Choice, Field, Form, flat
from engine.forms.names import unflatten
from engine.forms.narrowing import form_of
from engine.forms.reading import form_schema, parse_form

__all__ = [
    "Choice",
    "Field",
    "Form",
    "choices",
    "clashes",
    "clean",
    "drafted",
    "earliest",
    "flat",
    "form_of",
    "form_schema",
    "is_bounded",
    "latest",
    "parse_form",
    "unflatten",
]
