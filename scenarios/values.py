"""What a step's table says, turned into what a browser would send."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from engine.forms import Choice, Field, Form, choices
from models import Identity
from operations.gate.submissions import choice_lists
from scenarios.failures import NotUnderstood, listed
from scenarios.features import Table
from scenarios.moments import MOMENT, read_moment
from scenarios.names import plain
from scenarios.world import World

HEADER = ("字段", "值")
REGISTERING = "登记"  # what a background calls the first form of any flow
SEVERAL = frozenset({"checklist", "taglist"})


def two_columns(table: Table) -> dict[str, str]:
    """Field to value; the header line may be left out."""
    if any(len(row) != 2 for row in table):
        raise NotUnderstood("表格应为两列：字段、值。")
    return {field: value for field, value in table if (field, value) != HEADER}


def form_values(
    world: World, form: Form | None, names: Iterable[str], table: Table, known: Mapping[str, Any], by: Identity
) -> dict[str, Any]:
    """What the page shows when it opens, then what is usual under one of these names, then what the table says."""
    written = two_columns(table)
    if form is None:
        if written:
            raise NotUnderstood("这一步没有表单，不用填写。")
        return {}
    values = {field.key: field.default for field in form.inputs if field.default not in (None, "")} | dict(known)
    for name in names:
        usual = {field: text for field, text in _usual(world, name) if find_field(form, field)}
        values |= _read(world, form, usual, by)
    return values | _read(world, form, written, by)


def _usual(world: World, name: str) -> Iterable[tuple[str, str]]:
    return world.usual.get(plain(name), {}).items()


def _read(world: World, form: Form, written: Mapping[str, str], by: Identity) -> dict[str, Any]:
    lists = choice_lists(by, form.lists) if written else {}
    values = {}
    for name, text in written.items():
        field = find_field(form, name)
        if field is None:
            raise NotUnderstood(f"表单“{form.title}”没有字段“{name}”，有：{listed(each.label for each in form.inputs)}")
        values[field.key] = value_of(field, _dated(world, field, text), lists)
    return values


def _dated(world: World, field: Field, text: str) -> str:
    """A date may be written as a moment is: 3 个工作日后 09:00."""
    if field.subtype not in ("date", "datetime") or not re.fullmatch(MOMENT, text):
        return text
    return f"{read_moment(world, text):%Y-%m-%d %H:%M}"[: 10 if field.subtype == "date" else None]


def find_field(form: Form, name: str) -> Field | None:
    """By label, else by key."""
    named = [field for field in form.inputs if plain(field.label) == plain(name)]
    return named[0] if named else next((field for field in form.inputs if field.key == name), None)


def value_of(field: Field, text: str, lists: Mapping[str, list[Choice]]) -> Any:
    """What the words of a table mean. Raises NotUnderstood for a choice that there is not."""
    if field.type == "dynamiclist":
        return [_row(field, row, lists) for row in text.split("；") if row.strip()]
    offered = choices(field, lists)
    if not offered:
        return text
    if field.type in SEVERAL:
        return [_choice(field, each.strip(), offered) for each in text.split("、") if each.strip()]
    return _choice(field, text, offered) if text else ""


def _row(field: Field, text: str, lists: Mapping[str, list[Choice]]) -> dict[str, Any]:
    """One row of a table in a form, its columns in order: 供电公司、24、10、4、2, or with ， where a cell has 、."""
    cells = [cell.strip() for cell in text.split("，" if "，" in text else "、")]
    if len(cells) > len(field.fields):
        raise NotUnderstood(f"“{field.label}”一行要写：{listed(each.label for each in field.fields)}")
    return {each.key: value_of(each, cell, lists) for each, cell in zip(field.fields, cells, strict=False)}


def _choice(field: Field, text: str, offered: Iterable[Choice]) -> str:
    for choice in offered:
        if text in (choice.label, choice.value):
            return choice.value
    begins = [choice for choice in offered if choice.label.startswith(text)]
    if len(begins) == 1:
        return begins[0].value
    raise NotUnderstood(f"“{field.label}”没有选项“{text}”，有：{listed(choice.label for choice in offered)}")
