"""What somebody handed in, held to the form on the server; the browser's own checks are a courtesy."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from engine.forms.days import untimely
from engine.forms.entries import Lists, Wrong, choices, entry
from engine.forms.form import Field, Form, flat
from engine.forms.names import MAX_ROWS, unflatten
from errors import InvalidForm

Values = dict[str, Any]

NO_LISTS: Lists = {}
NOTHING: Mapping[str, Any] = {}
APART_FROM = "apartFrom"  # in a field's properties: keys of the fields whose choice may not be chosen here too
UNIQUE = "unique"  # `yes` on a column: no two rows have the same in it
REFUSE = "refuse"  # a condition on this field and those around; `refusal` is the sentence read where it is true
ROUNDS = 10  # a condition may depend on a field that another condition hides


def clean(
    form: Form,
    values: Mapping[str, Any],
    lists: Lists = NO_LISTS,
    given: Mapping[str, Any] = NOTHING,
    now: datetime | None = None,
) -> Values:
    """The typed JSON values of the form's fields. Raises InvalidForm with a sentence a field.

    A hidden or empty field is None (or [] where there may be several). Unknown keys and fields that are read only
    are left out; for conditions and `apartFrom` that read these, `given` is what the case already says. Dates
    that may not be after or before today are held to `now`.
    """
    reading = Reading(form, lists, now)
    cleaned = reading.read(form.fields, unflatten(values), dict(given))
    if reading.problems:
        raise InvalidForm(reading.problems)
    return cleaned


class Reading:
    """One submission: gathers a problem for each wrong field."""

    def __init__(self, form: Form, lists: Lists, now: datetime | None = None):
        self.form = form
        self.lists = lists
        self.now = now
        self.problems: dict[str, str] = {}

    def read(
        self,
        fields: tuple[Field, ...],
        raw: Mapping[str, Any],
        around: Values,
        path: str = "",
        unsure: frozenset[str] = frozenset(),
    ) -> Values:
        """The values of these fields; `around` is what conditions in a row see of the form, `unsure` the keys in it
        whose value could not be read.
        """
        asked = [field for field in flat(fields) if field.key and not field.readonly]
        typed: Values = {}
        wrong: dict[str, str] = {}
        for field in asked:
            if field.type == "dynamiclist":
                continue
            try:
                typed[field.key] = entry(field, raw.get(field.key), self.lists)
            except Wrong as error:
                typed[field.key], wrong[field.key] = None, f"“{field.label}”{error}"
        hidden = hidden_keys(fields, around | typed)
        unsure = unsure_keys(fields, unsure | (wrong.keys() - hidden))
        visible = {key: None if key in hidden else value for key, value in typed.items()}
        cleaned: Values = {}
        for field in asked:
            if field.key in hidden:
                cleaned[field.key] = field.empty
                continue
            if field.type == "dynamiclist":
                cleaned[field.key] = self.rows(field, raw.get(field.key), around | visible, unsure)
            else:
                cleaned[field.key] = typed[field.key]
            value = cleaned[field.key]
            unfilled = "" if field.key in unsure else missing(field, value)
            problem = wrong.get(field.key) or unfilled or self.untimely(field, value)
            if problem:
                self.problems.setdefault(path + field.key, problem)
        known = around | cleaned
        for field in (each for each in asked if APART_FROM in each.properties or REFUSE in each.properties):
            if problem := self.chosen_twice(field, fields, known) or refused(field, known, hidden, unsure):
                self.problems.setdefault(path + field.key, problem)
        return cleaned

    def untimely(self, field: Field, value: Any) -> str:
        return untimely(field, value, self.now) if self.now else ""

    def chosen_twice(self, field: Field, fields: tuple[Field, ...], known: Values) -> str:
        """What `apartFrom` forbids: 主办 and 协办 are not one unit, and neither is the unit that is reported (C-09).
        A column names one of its row or of the form (no row of 涉及部门 is 被举报单位).
        """
        names = {choice.value: choice.label for choice in choices(field, self.lists)}
        apart = field.properties.get(APART_FROM, "").split()
        others = {each.key: each for each in (*flat(self.form.fields), *flat(fields))}
        for other in (each for each in others.values() if each.key in apart):
            taken = [value for value in several(known[field.key]) if value in several(known.get(other.key))]
            if taken:
                same = "、".join(names.get(value, value) for value in taken)
                return f"“{same}”已选为“{other.label}”，不能再选为“{field.label}”。"
        return ""

    def rows(self, field: Field, raw: Any, around: Values, unsure: frozenset[str]) -> list[Values]:
        """A row that is wholly blank was not meant."""
        given = [row if isinstance(row, Mapping) else {} for row in raw] if isinstance(raw, list | tuple) else []
        if len(given) > MAX_ROWS:
            self.problems[field.key] = f"“{field.label}”最多 {MAX_ROWS} 行。"
            return []
        read = {
            number: self.read(field.fields, row, around, f"{field.key}.{number}.", unsure)
            for number, row in enumerate(given)
            if not all(blank(value) for value in row.values())
        }
        for column in (each for each in flat(field.fields) if UNIQUE in each.properties):
            self.repeated(column, f"{field.key}.", {number: row[column.key] for number, row in read.items()})
        return list(read.values())

    def repeated(self, column: Field, path: str, values: Mapping[int, Any]) -> None:
        """A unit named in two rows would get two tasks and one mark (YL-08)."""
        names = {choice.value: choice.label for choice in choices(column, self.lists)}
        first: dict[Any, int] = {}
        for number, value in values.items():
            if not blank(value) and first.setdefault(value, number) != number:
                said = f"“{names.get(value, value)}”已在第 {first[value] + 1} 行，不能重复填写。"
                self.problems.setdefault(f"{path}{number}.{column.key}", said)


def refused(field: Field, known: Values, hidden: set[str], unsure: frozenset[str]) -> str:
    """What its form forbids of it together with others: a unit does not register what the leaders assign."""
    condition = None if field.key in hidden else field.refused_when
    if condition is None or condition.names & unsure:
        return ""
    return field.properties["refusal"] if condition.evaluate(known) is True else ""


def several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def missing(field: Field, value: Any) -> str:
    if not field.required or not blank(value):
        return ""
    if field.type == "dynamiclist":
        return f"“{field.label}”至少填写一行。"
    if field.type == "checkbox":
        return f"“{field.label}”需要勾选。"
    return f"请选择“{field.label}”。" if field.choices or field.choices_key else f"“{field.label}”必填。"


def blank(value: Any) -> bool:
    return (
        value is False
        or (isinstance(value, str) and not value.strip())
        or value is None
        or value == []
        or value == "false"
    )


def unsure_keys(fields: tuple[Field, ...], wrong: frozenset[str]) -> frozenset[str]:
    """These, and the keys of the fields that they may hide: nobody can say yet whether such a field must be filled in.

    `wrong`: keys of the fields that are shown and whose value could not be read, so the form is refused anyway.
    """
    unsure = wrong
    while found := frozenset(_told_by(fields, unsure)) - unsure:
        unsure |= found
    return unsure


def _told_by(fields: tuple[Field, ...], keys: frozenset[str]) -> Iterator[str]:
    for field in fields:
        condition = field.hidden_when
        if condition is not None and condition.names & keys:
            yield from (each.key for each in flat((field,)) if each.key)
        elif field.type == "group":
            yield from _told_by(field.fields, keys)


def hidden_keys(fields: tuple[Field, ...], values: Values) -> set[str]:
    """Keys of the fields that are hidden. What is hidden counts as empty for the other conditions."""
    hidden: set[str] = set()
    for _ in range(ROUNDS):
        seen = {key: None if key in hidden else value for key, value in values.items()}
        found = set(_hidden(fields, seen, False))
        if found == hidden:
            break
        hidden = found
    return hidden


def _hidden(fields: tuple[Field, ...], values: Values, within: bool) -> list[str]:
    keys = []
    for field in fields:
        condition = field.hidden_when
        hides = within or (condition is not None and condition.evaluate(values) is True)
        if field.type == "group":
            keys += _hidden(field.fields, values, hides)
        elif field.key and hides:
            keys.append(field.key)
    return keys
