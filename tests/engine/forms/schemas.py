"""Writes schemas as form-js-editor does."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from engine.forms import Choice, Form, clean, parse_form
from errors import InvalidDiagram, InvalidForm

LISTS = {"units": [Choice("gov", "县政府办"), Choice("law", "司法局")]}


def component(type_: str, key: str, label: str, **more: Any) -> dict[str, Any]:
    keyed = {"path": key} if type_ in {"group", "dynamiclist"} else {"key": key}
    return {"id": f"Field_{key}", "type": type_, "label": label, **keyed, **more}


def schema(*components: Any, **more: Any) -> bytes:
    return json.dumps(
        {"id": "F-C-1.apply", "type": "default", "schemaVersion": 19, "components": list(components), **more}
    ).encode()


def form(*components: Any) -> Form:
    return parse_form("F-C-1.apply.form.json", schema(*components))


def accepted(component: dict[str, Any], value: Any) -> Any:
    return clean(form(component), {component["key"]: value}, LISTS)[component["key"]]


def refused(form: Form, values: Mapping[str, Any]) -> dict[str, str]:
    with pytest.raises(InvalidForm) as caught:
        clean(form, values, LISTS)
    return caught.value.problems


def faults(content: bytes) -> str:
    with pytest.raises(InvalidDiagram) as caught:
        parse_form("退单.form.json", content)
    return "".join(problem.message for problem in caught.value.problems)
