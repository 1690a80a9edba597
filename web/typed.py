"""What somebody typed: read from the request, and given back when it could not be handed in."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from flask import request

from engine.forms import Form

#: Fields of the page itself, not of the form on it.
OURS = {"csrf_token", "request"}
#: key, key[] where several may be ticked, key[0][part] in row 0 of a table; key[0][] only says that row 0 is there
NAME = re.compile(r"(?P<key>[^\[\]]+)(?:\[(?P<row>\d{1,6})\](?:\[(?P<part>[^\[\]]+)\])?)?(?P<several>\[\])?")


def read_values() -> dict[str, Any]:
    """The form handed in as nested values; engine/forms decides what they mean."""
    values: dict[str, Any] = {}
    tables: dict[str, dict[int, dict[str, Any]]] = {}
    for name, texts in _sent():
        value = texts if name["several"] else texts[-1]
        if name["row"] is None:
            values[name["key"]] = value
        else:
            row = tables.setdefault(name["key"], {}).setdefault(int(name["row"]), {})
            if name["part"]:
                row[name["part"]] = value
    return values | {key: [rows[number] for number in sorted(rows)] for key, rows in tables.items()}


def request_id() -> str | None:
    """Sent once with each form: the same one twice has one effect (P3)."""
    return request.form.get("request")


def typed_text(form: Form | None = None) -> list[tuple[str, str]]:
    """(label, text) of everything typed, to be read and copied. Never what another site has posted here."""
    if urlsplit(request.headers.get("Origin", "")).netloc != request.host:
        return []
    labels = {field.key: field.label for field in form.fields} if form else {}
    return [
        (labels.get(name["key"], name["part"] or name["key"]), text)
        for name, texts in _sent()
        for text in texts
        if text.strip()
    ]


def _sent() -> Iterator[tuple[re.Match[str], list[str]]]:
    for name, texts in request.form.lists():
        parts = NAME.fullmatch(name)
        if parts and name not in OURS:
            yield parts, texts
