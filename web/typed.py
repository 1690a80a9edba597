"""What somebody typed: read from the request, and given back when it could not be handed in."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from flask import request
from werkzeug.datastructures import MultiDict

from engine.forms import Form, unflatten
from web.forms import Lists, label_of, words_of

#: Fields of the page itself, not of the form on it.
OURS = {"csrf_token", "request", "given", "begin", "task", "book", "revision"}


def read_values() -> dict[str, Any]:
    """The form handed in as nested values; engine/forms decides what they mean."""
    return values_of(request.form)


def values_of(sent: MultiDict[str, str]) -> dict[str, Any]:
    """Fields as a browser sends them, as nested values."""
    flat = {name: texts if name.endswith("[]") else texts[-1] for name, texts in sent.lists()}
    return {key: value for key, value in unflatten(flat).items() if key not in OURS}


def request_id() -> str | None:
    """Sent once with each form: the same one twice has one effect (P3)."""
    return request.form.get("request")


def typed_text(form: Form | None = None, lists: Lists | None = None) -> list[tuple[str, str]]:
    """(label, text) of everything typed, to be read and copied. Never what another site has posted here."""
    if urlsplit(request.headers.get("Origin", "")).netloc != request.host:
        return []
    return [(label_of(form, path), words_of(form, path, text, lists or {})) for path, text in _paths(read_values())]


def _paths(values: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    """Every text with its path as InvalidForm names it: `reason`, or `tasks.0.unit` in a row."""
    for key, value in values.items():
        if value and isinstance(value, list) and isinstance(value[0], dict):
            for number, row in enumerate(value):
                yield from _paths(row, f"{key}.{number}.")
        else:
            texts = value if isinstance(value, list) else [value]
            yield from ((before + key, text) for text in texts if text.strip())
