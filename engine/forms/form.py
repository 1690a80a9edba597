"""A form: what a template draws and what clean() holds a submission to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from engine.feel import Expression, compile_expression

TREE = list[Any]  # nested lists, see Expression.tree()

TEXTS = frozenset({"textfield", "textarea"})
ONE_CHOICE = frozenset({"radio", "select"})
SEVERAL_CHOICES = frozenset({"checklist", "taglist"})
#: Characters a text may have where its form does not say: more is no name and no address.
LONGEST = {"textfield": 200, "textarea": 5_000}
KEYED = TEXTS | ONE_CHOICE | SEVERAL_CHOICES | {"number", "datetime", "checkbox"}


@dataclass(frozen=True)
class Choice:
    value: str
    label: str


@dataclass(frozen=True)
class Field:
    key: str  # "" for text and group, which hold no value
    type: str  # as form-js names it
    label: str
    description: str = ""
    required: bool = False
    readonly: bool = False  # shown, never taken from a submission
    choices: tuple[Choice, ...] = ()
    choices_key: str = ""  # name of a list that the caller supplies instead
    default: Any = None
    subtype: str = ""  # of datetime: date, time or datetime
    rows: int = 3  # height of a textarea
    min: int | float | None = None
    max: int | float | None = None
    step: int | float | None = None
    digits: int | None = None  # decimal places of a number
    min_length: int | None = None
    max_length: int | None = None
    pattern: str = ""
    format: str = ""  # email or phone
    hide: str = ""  # FEEL; hidden when it is true
    visible_when: TREE | None = None  # the same for the browser: hidden when it is false; null shows
    properties: dict[str, str] = field(default_factory=dict)  # ours: origin T/P/I, sheet …
    fields: tuple["Field", ...] = ()  # of a group, and the columns of a dynamiclist

    @property
    def confidential(self) -> bool:
        """Whether only the holders of clues may read what was answered: that something is reported (XT-20)."""
        return bool(self.properties.get("confidential"))

    @property
    def hidden_when(self) -> Expression | None:
        return compile_expression(self.hide) if self.hide else None

    @property
    def refused_when(self) -> Expression | None:
        """What `refuse` in its properties says of it and the fields around; `refusal` is the sentence then read."""
        refuse = self.properties.get("refuse", "")
        return compile_expression(refuse) if refuse else None

    @property
    def longest(self) -> int | None:
        """How many characters a text may have; the form's own maxLength goes before the usual one."""
        return self.max_length if self.max_length is not None else LONGEST.get(self.type)

    @property
    def empty(self) -> Any:
        """Its value when nothing was given."""
        return [] if self.type in SEVERAL_CHOICES or self.type == "dynamiclist" else None


@dataclass(frozen=True)
class Form:
    key: str
    title: str
    fields: tuple[Field, ...]
    schema: dict[str, Any] = field(repr=False)  # as form-js wrote it

    @cached_property
    def inputs(self) -> tuple[Field, ...]:
        """Every field with a value, also those inside groups; a dynamiclist is one of them."""
        return tuple(one for one in flat(self.fields) if one.key)

    @cached_property
    def lists(self) -> frozenset[str]:
        """The names of the lists that the caller supplies, for columns of a dynamiclist too."""
        columns = (column for one in self.inputs for column in flat(one.fields))
        return frozenset(one.choices_key for one in (*self.inputs, *columns) if one.choices_key)

    def shown(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Those of the values that fields which are read only show: no browser sends them back."""
        return {one.key: values[one.key] for one in self.inputs if one.readonly and one.key in values}

    def find(self, path: str) -> Field | None:
        """The field that a key of InvalidForm.problems names: `reason`, or `tasks.0.unit` in a row."""
        key, *rest = path.split(".")
        found = next((one for one in self.inputs if one.key == key), None)
        if found and rest:
            return next((one for one in flat(found.fields) if one.key == rest[-1]), None)
        return found


def flat(fields: tuple[Field, ...]) -> Iterator[Field]:
    for one in fields:
        yield one
        if one.type == "group":
            yield from flat(one.fields)
