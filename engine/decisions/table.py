"""A decision table: rows of cells that choose outputs."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.decisions import hit_policies
from engine.decisions.types import coerced
from engine.decisions.words import given
from engine.expressions.nodes import Call
from engine.feel import Expression, UnaryTests
from engine.feel.expressions import NO_FUNCTIONS, Functions
from errors import AppError, DecisionFailed

if TYPE_CHECKING:
    from engine.decisions.checking import TableCheck


@dataclass(frozen=True)
class Input:
    id: str
    label: str
    expression: Expression
    type: str  # as the file says it: string, number, boolean, date …
    allowed: UnaryTests | None  # the values the designer listed


@dataclass(frozen=True)
class Output:
    id: str
    name: str  # the variable it becomes
    label: str
    type: str
    values: tuple[Any, ...] | None  # the values the designer listed, most important first


@dataclass(frozen=True)
class Rule:
    id: str
    row: int  # 1 is the first, as the designer sees it
    conditions: tuple[UnaryTests, ...]
    outputs: tuple[Expression, ...]
    annotation: str


@dataclass(frozen=True)
class DecisionTable:
    id: str
    name: str
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]
    hit_policy: str = "UNIQUE"
    aggregation: str = ""  # of COLLECT: SUM, MIN, MAX, COUNT, or "" for the list
    description: str = ""  # what the designer says of the whole table

    def answers(self) -> set[str]:
        """Every text that a row answers outright."""
        found: set[str] = set()
        for output in (output for rule in self.rules for output in rule.outputs):
            with suppress(AppError):
                value = output.value({}, {})
                found |= {value} if isinstance(value, str) else set()
        return found

    def decide(self, variables: Mapping[str, Any], functions: Functions = NO_FUNCTIONS) -> dict[str, Any]:
        """The outputs by name. Raises DecisionFailed."""
        values = self.values(variables, functions)
        rules = self._matching(values, variables, functions)
        found = [(rule, self._outputs(rule, variables, functions)) for rule in rules]
        try:
            return hit_policies.resolve(self, found)
        except DecisionFailed as failure:
            raise DecisionFailed(f"“{self.name}”{failure}输入是：{given(self, values)}。") from None

    def matches(self, variables: Mapping[str, Any], functions: Functions = NO_FUNCTIONS) -> list[int]:
        """The rows that hold, from 1: they explain the outcome."""
        return [rule.row for rule in self._matching(self.values(variables, functions), variables, functions)]

    def values(self, variables: Mapping[str, Any], functions: Functions = NO_FUNCTIONS) -> list[Any]:
        """What each input column sees."""
        return [coerced(column.expression.value(variables, functions), column.type) for column in self.inputs]

    def check(self, functions: Functions = NO_FUNCTIONS) -> "TableCheck":
        """Overlaps and gaps. `functions` may hold those whose value is known now, such as param()."""
        from engine.decisions.checking import check  # it looks at tables from outside

        return check(self, functions)

    @property
    def names(self) -> frozenset[str]:
        """The variables it reads."""
        return frozenset(name for part in self._parts for name in part.names)

    @property
    def calls(self) -> tuple[Call, ...]:
        return tuple(call for part in self._parts for call in part.calls)

    @property
    def annotations(self) -> tuple[str, ...]:
        return tuple(rule.annotation for rule in self.rules)

    @property
    def _parts(self) -> list[Expression | UnaryTests]:
        parts: list[Expression | UnaryTests] = [column.expression for column in self.inputs]
        for rule in self.rules:
            parts += [*rule.conditions, *rule.outputs]
        return parts

    def _matching(self, values: list[Any], variables: Mapping[str, Any], functions: Functions) -> list[Rule]:
        return [
            rule
            for rule in self.rules
            if all(
                cell.matches(value, variables, functions) for cell, value in zip(rule.conditions, values, strict=True)
            )
        ]

    def _outputs(self, rule: Rule, variables: Mapping[str, Any], functions: Functions) -> dict[str, Any]:
        columns = zip(self.outputs, rule.outputs, strict=True)
        return {output.name: cell.evaluate(variables, functions) for output, cell in columns}
