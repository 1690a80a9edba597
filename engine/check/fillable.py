"""Whether whoever gets a form can fill it in. Warnings: the flow runs, and somebody is stuck before the form."""

from collections.abc import Iterator, Mapping
from itertools import product
from math import prod
from typing import Any

from engine.check.flow import CheckedFlow, problem
from engine.check.names import given
from engine.feel import Expression
from engine.forms import Field, Form, clashes, flat, form_of
from engine.forms.form import ONE_CHOICE
from errors import Problem

MOST = 500  # ways of filling in the fields that a condition asks about; beyond it nobody is warned

Conditions = Mapping[str, list[Expression]]  # key of a field -> each hides it when true


def fields(flow: CheckedFlow) -> Iterator[Problem]:
    """Required fields that are never shown, that are shown and taken from nobody, that offer nothing to choose."""
    known = given(flow)
    asked = [(node, form) for node in flow.nodes() if (form := form_of(flow.forms, node.element.properties))]
    stuck = {id(form): list(_stuck(flow, form, known)) for _, form in asked}  # most are asked for as they are drawn
    for node, form in asked:
        for field, words in stuck[id(form)]:
            yield problem(node, f"的表单“{form.key}”里，必填的“{field.label}”{words}", warning=True)


def keys(flow: CheckedFlow) -> Iterator[Problem]:
    """Fields whose keys mean something else already."""
    used = {node.element.properties.get("form", "") for node in flow.nodes()}
    for key in sorted(used & flow.forms.keys()):
        yield from clashes(flow.forms[key])


def _stuck(flow: CheckedFlow, form: Form, known: frozenset[str] | None) -> Iterator[tuple[Field, str]]:
    conditions = dict(_conditions(form.fields, []))
    for field in form.inputs:
        yield from ((each, "的名单不存在，没有可选的") for each in (field, *flat(field.fields)) if _empty(flow, each))
        if not field.required:
            continue
        if field.readonly:
            if known is not None and field.key not in known and field.default is None:
                yield field, "是只读的，又没有什么给它值"
        elif not _may_show(form, field.key, conditions):
            yield field, "的隐藏条件总是成立，从不显示"


def _empty(flow: CheckedFlow, field: Field) -> bool:
    lists = flow.around.lists
    name, apart, _ = field.choices_key.partition(":")  # behind it stands what the list is of
    return lists is not None and field.required and bool(name) and name + apart not in lists


def _conditions(fields: tuple[Field, ...], around: list[Expression]) -> Iterator[tuple[str, list[Expression]]]:
    """What hides a field: its own condition, and those of the groups around it."""
    for field in fields:
        hides = around + ([field.hidden_when] if field.hidden_when else [])
        if field.type == "group":
            yield from _conditions(field.fields, hides)
        elif field.key:
            yield field.key, hides


def _may_show(form: Form, key: str, conditions: Conditions) -> bool:
    """Whether some way of filling in the fields it depends on shows it; True where these cannot be tried out."""
    asked = _asked(key, conditions)
    choices = {field.key: _choices(field) for field in form.inputs if field.key in asked}
    if not conditions[key] or not all(choices.values()) or prod(map(len, choices.values())) > MOST:
        return True
    return any(
        not _hides(key, dict(zip(choices, values, strict=True)), conditions) for values in product(*choices.values())
    )


def _asked(key: str, conditions: Conditions) -> set[str]:
    """The fields that its conditions ask about, and those that theirs do."""
    found: set[str] = set()
    waiting = [key]
    while waiting:
        for name in (name for hide in conditions.get(waiting.pop(), ()) for name in hide.names):
            if name not in found:
                found.add(name)
                waiting.append(name)
    return found


def _choices(field: Field) -> list[Any]:
    """Everything that may stand in a field; [] where that cannot be listed."""
    if field.readonly:
        return []
    if field.type == "checkbox":
        return [True, False, None]
    return [*(choice.value for choice in field.choices), None] if field.type in ONE_CHOICE and field.choices else []


def _hides(key: str, values: dict[str, Any], conditions: Conditions) -> bool:
    """What is hidden counts as empty for the other conditions (engine/forms/cleaning.py)."""
    for _ in values:
        values = {
            name: None if any(hide.evaluate(values) is True for hide in conditions.get(name, ())) else value
            for name, value in values.items()
        }
    return any(hide.evaluate(values) is True for hide in conditions[key])
