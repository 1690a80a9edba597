"""The two things a designer writes: an expression, and the tests of a decision table's cell."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from engine.expressions.nodes import NOT_LITERAL, Call
from engine.feel.errors import FeelError
from engine.feel.evaluation import Scope, any_test, compiled
from engine.feel.parser import Parser
from engine.feel.tree import COMPARISONS, CONSTANTS, Node, asks, depth, walk
from engine.feel.values import to_json

Functions = Mapping[str, Callable[..., Any]]

MAX_DEPTH = 100  # operators upon operators
NO_FUNCTIONS: Functions = {}
IN_BROWSER = COMPARISONS | CONSTANTS | {"name", "and", "or", "not", "in", "is", "than", "range", "list"}


class Expression:
    def __init__(self, source: str, node: Node):
        self.source = source
        self.node = node
        self.names = names_of([node])
        self.calls = calls_of([node])
        self.run = compiled(node)

    def evaluate(self, variables: Mapping[str, Any], functions: Functions = NO_FUNCTIONS) -> Any:
        """Its value as JSON keeps it: dates are ISO text, what cannot be said is None."""
        return to_json(self.run(Scope(variables, functions)))

    def value(self, variables: Mapping[str, Any], functions: Functions = NO_FUNCTIONS) -> Any:
        """Its value, dates as dates."""
        return self.run(Scope(variables, functions))

    def tree(self) -> list[Any]:
        """The expression as nested lists for a script in the browser; the operators are those of parser.py."""
        for node in walk(self.node):
            if node[0] not in IN_BROWSER:
                raise FeelError("这里只能用比较、and、or、not(…)、in、变量和固定的值。")
        return listed(self.node)

    @property
    def is_constant(self) -> bool:
        return not self.names and not self.calls and not asks(self.node)

    def __repr__(self) -> str:
        return f"Expression({self.source!r})"


class UnaryTests:
    def __init__(self, source: str, tests: list[Node] | None, negated: bool):
        self.source = source
        self.tests = tests  # None: anything passes
        self.negated = negated
        self.names = names_of(tests or [])
        self.calls = calls_of(tests or [])
        self.run = any_test(tests) if tests is not None else None

    def matches(self, value: Any, variables: Mapping[str, Any], functions: Functions = NO_FUNCTIONS) -> bool:
        if self.run is None:
            return True
        return self.run(Scope(variables, functions, value)) is (not self.negated)

    @property
    def is_any(self) -> bool:
        return self.tests is None

    def __repr__(self) -> str:
        return f"UnaryTests({self.source!r})"


@lru_cache(maxsize=4096)
def compile_expression(source: str) -> Expression:
    """Raises FeelError."""
    parser = Parser(source.removeprefix("="))
    node = no_deeper(parser.whole(parser.expression))
    if asks(node):
        raise FeelError("“?”只能写在决策表的输入单元格里。")
    return Expression(source, node)


@lru_cache(maxsize=4096)
def compile_unary(source: str) -> UnaryTests:
    """Raises FeelError."""
    parser = Parser(source)
    found = parser.whole(parser.unary_tests)
    if found is None:
        return UnaryTests(source, None, False)
    negated, tests = found
    return UnaryTests(source, [no_deeper(test) for test in tests], negated)


def no_deeper(node: Node) -> Node:
    if depth(node) > MAX_DEPTH:
        raise FeelError("算式太长或套得太深，请拆开来写。")
    return node


def names_of(nodes: Iterable[Node]) -> frozenset[str]:
    """The variables read: of `sheet.reason` it is `sheet`."""
    return frozenset(part[1] for node in nodes for part in walk(node) if part[0] == "name")


def calls_of(nodes: Iterable[Node]) -> tuple[Call, ...]:
    calls = [part for node in nodes for part in walk(node) if part[0] == "call"]
    return tuple(Call(call[1], tuple(map(literal, call[2:]))) for call in calls)


def literal(node: Node) -> Any:
    return node[1] if node[0] in CONSTANTS else NOT_LITERAL


def listed(node: Node) -> list[Any]:
    return [listed(part) if isinstance(part, tuple) else part for part in node]
