"""A decision table is tried: what it asks for, and what it answers to values that somebody types in."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.decisions.pieces import Unjudged, constants
from engine.decisions.table import DecisionTable, Input
from engine.decisions.types import BOOLEANS, coerced, shown
from engine.expressions.nodes import NOT_LITERAL, Call
from engine.feel import Expression, UnaryTests
from engine.feel.expressions import Functions
from engine.host import FUNCTIONS
from errors import AppError

#: Of what kind the answers are of what a diagram calls (engine/host.py); text is what is not named here.
ANSWERS = {"count": "number", "due": "dateTime", "now": "dateTime", "began": "dateTime", "met": "boolean"}
MOST_CHOICES = 60


@dataclass(frozen=True)
class Asked:
    """Something a table reads. `key`: the variable, or a call as it is written, `count("N08")`. `choices` are values
    that its cells or its list name, as they are typed. `decides` is false for what only the outputs say again.
    """

    key: str
    label: str
    type: str
    choices: tuple[str, ...] = ()
    decides: bool = True


@dataclass(frozen=True)
class Tried:
    """`rules`: ids of the rows that hold. `outputs`: by label; empty where `problem` says why there is no answer."""

    rules: tuple[str, ...]
    rows: tuple[int, ...]
    outputs: Mapping[str, str]
    problem: str


def asks(table: DecisionTable, known: Functions) -> list[Asked]:
    """What it reads, in the order of its columns; `known` are functions that need not be asked for."""
    deciding = {name for part in _conditions(table) for name in part.names}
    by_name = {column.expression.source.strip(): column for column in table.inputs}
    columns = [_of_column(column, table) for name, column in by_name.items() if name in table.names]
    others = sorted(table.names - by_name.keys())
    calls = dict.fromkeys(key_of(call) for call in _called(table, known))
    called = [Asked(key, key, ANSWERS.get(key.partition("(")[0], "string")) for key in calls]
    more = [Asked(name, name, "", decides=name in deciding) for name in others]
    return sorted([*columns, *more, *called], key=lambda each: not each.decides)


def attempt(table: DecisionTable, typed: Mapping[str, str], known: Functions) -> Tried:
    """`typed`: texts by the keys of asks(); what is not typed is null."""
    asked = asks(table, known)
    values = {each.key: read(typed.get(each.key, ""), each.type) for each in asked}
    functions = {**{call.function: _answering(call.function, values) for call in _called(table, known)}, **known}
    variables = {name: values[name] for name in table.names}
    try:
        rows = table.matches(variables, functions)
    except AppError as failure:  # of a parameter that is not there, say
        return Tried((), (), {}, f"“{table.name}”：{failure}")
    rules = tuple(table.rules[row - 1].id for row in rows)
    try:
        outputs = table.decide(variables, functions)
    except AppError as failure:
        return Tried(rules, tuple(rows), {}, str(failure))
    labels = {column.name: column.label for column in table.outputs}
    return Tried(rules, tuple(rows), {labels[name]: shown(value) for name, value in outputs.items()}, "")


def read(text: str, type_: str) -> Any:
    """What was typed as a value of its column's type; without one, what it looks like. Nothing is null."""
    text = text.strip()
    if type_ or not text:
        return coerced(text, type_) if text else None
    number = coerced(text, "number")
    return BOOLEANS.get(text, number)


def key_of(call: Call) -> str:
    """The call as its designer wrote it; an argument that is only known in a case is …"""
    return f"{call.function}({', '.join(map(_written, call.arguments))})"


def _written(argument: Any) -> str:
    if argument is NOT_LITERAL:
        return "…"
    return f'"{argument}"' if isinstance(argument, str) else str(argument)


def _conditions(table: DecisionTable) -> Iterator[Expression | UnaryTests]:
    yield from (column.expression for column in table.inputs)
    yield from (cell for rule in table.rules for cell in rule.conditions)


def _called(table: DecisionTable, known: Functions) -> Iterator[Call]:
    """What only a case can answer; FEEL's own count(…) is of a list."""
    for call in table.calls:
        of_list = call.function == "count" and NOT_LITERAL in call.arguments
        if call.function in FUNCTIONS and call.function not in known and not of_list:
            yield call


def _answering(function: str, values: Mapping[str, Any]) -> Callable[..., Any]:
    """A function that answers what was typed for this argument."""

    def answer(*given: Any) -> Any:
        return values.get(key_of(Call(function, given)), values.get(f"{function}(…)"))

    return answer


def _of_column(column: Input, table: DecisionTable) -> Asked:
    place = table.inputs.index(column)
    tests = [column.allowed] if column.allowed else [rule.conditions[place] for rule in table.rules]
    return Asked(column.expression.source.strip(), column.label, column.type, _choices(tests))


def _choices(tests: Iterable[UnaryTests]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for test in tests:
        try:
            values = constants(test, {})
        except Unjudged:
            continue
        found |= dict.fromkeys(str(value) if isinstance(value, str) else shown(value) for value in values)
    return tuple(found)[:MOST_CHOICES]
