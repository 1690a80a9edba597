"""What was handed in on a form, as a step's table says it: labels and words of choices, personal data replaced."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from engine import Definition
from engine.forms import Field, Form
from engine.forms.identity import LAST, PERSON
from models import SYSTEM, Identity, ProcessInstance
from queries.case.facts import EMPTY, reader_of_case
from scenarios.features import Step
from scenarios.names import plain
from scenarios.recording import HANDED_IN, REGISTERED, Act
from scenarios.values import REGISTERING, SEVERAL

#: Of a table in a form: between cells, between rows; neither may stand in a cell.
CELL, ROW = "，", "；"
#: By name of a step, the fields that a background fills in where the step itself does not say.
Usual = Mapping[str, set[str]]


def usual_fields(steps: Sequence[Step]) -> Usual:
    """Of the steps of a background: “签收”通常这样填."""
    found: dict[str, set[str]] = {}
    for step in steps:
        if named := re.match(r"“(.+)”通常这样填", step.text):
            found.setdefault(plain(named[1]), set()).update(plain(row[0]) for row in step.table)
    return found


class Entries:
    """Of one case. The same person, number or address has the same stand-in on every form of it."""

    def __init__(self, instance: ProcessInstance, definition: Definition, usual: Usual, by: Identity):
        self._reader = reader_of_case(instance.case, instance.definition_id, by)
        self._definition, self._usual = definition, usual
        self._stand_ins: dict[tuple[str, str], str] = {}
        self._answered: set[str] = set()  # keys of fields: a later form may begin with what was said there

    def of_text(self, text: str) -> str:
        """As whoever records it may read it on the page of the case."""
        return " ".join(self._reader.of_text(text).split())

    def of_actor(self, actor: str) -> str:
        """As the history calls them, 张三（县民政局）, with a stand-in for the name."""
        name, bracket, unit = actor.partition("（")
        return actor if name == SYSTEM.name else f"{self._stand_in('name', name)}{bracket}{unit}"

    def of_form(self, act: Act) -> Iterator[tuple[str, str]]:
        """Label and words of each field that was filled in, and of those left empty that would be filled in else."""
        fields, values, usual = self._asked(act).inputs, act.values, self._usually(act)
        labels = [plain(field.label) for field in fields]
        for field in fields:
            if field.readonly or not self._reader.may_read(field):
                continue
            value = values.get(field.key)
            if value in EMPTY and not self._begins_filled(field, usual):
                continue
            name = plain(field.label) if labels.count(plain(field.label)) == 1 else field.key
            yield cell(name), cell(self._words(field, value))
        self._answered |= {field.key for field in fields if values.get(field.key) not in EMPTY}

    def _asked(self, act: Act) -> Form:
        """As the step asked: what it hides and shows nobody can write there."""
        return self._definition.narrowed.get(act.element) or self._definition.forms[act.form]

    def _usually(self, act: Act) -> set[str]:
        element = self._definition.elements.get(act.element)
        begins = (REGISTERING, self._definition.name) if act.kind in (REGISTERED, HANDED_IN) else ()
        names = (*begins, act.element, element.name if element else "")
        return set().union(*(self._usual.get(plain(name), set()) for name in names))

    def _begins_filled(self, field: Field, usual: set[str]) -> bool:
        given = field.default not in (*EMPTY, False) or "prefill" in field.properties
        return given or plain(field.label) in usual or field.key in usual or field.key in self._answered

    def _words(self, field: Field, value: Any) -> str:
        if value in EMPTY:
            return ""
        if field.type == "dynamiclist":
            return ROW.join(self._row(field, row) for row in value)
        if kind := field.properties.get("personal") or field.properties.get("official"):
            return self._stand_in(kind, str(value))
        words = self._reader.of_field(field, value)
        if field.type in SEVERAL and words.count("、") != len(value) - 1:
            return "、".join(map(str, value))
        return words

    def _row(self, field: Field, row: Mapping[str, Any]) -> str:
        words = [self._words(each, row.get(each.key)) for each in field.fields]
        return CELL.join(each.replace(CELL, ",").replace(ROW, ";") for each in words)

    def _stand_in(self, kind: str, value: str) -> str:
        known = self._stand_ins
        if (kind, value) not in known:
            number = sum(each == kind for each, _ in known) + 1
            known[kind, value] = (
                STAND_INS.get(kind, "某某{:02}").format(number) if kind != "identity" else _paper(number)
            )
        return known[kind, value]


#: What stands for personal data of a kind; numbers that nobody has.
STAND_INS = {"name": "某甲{:02}", "phone": "10000000{:03}", "contact": "10000001{:03}", "address": "某街道{:02}号"}


def _paper(number: int) -> str:
    """A number that an identity paper could have."""
    digits = f"11010119000101{number:03}"
    return digits + LAST[sum(int(digit) * weight for digit, weight in zip(digits, PERSON, strict=True)) % 11]


def cell(text: str) -> str:
    """As it stands between the lines of a table."""
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "\\n").strip()
