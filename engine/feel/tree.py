"""What the parser makes: a tree of tuples, (operator, *operands).

    ("literal", v)  ("date", iso)  ("datetime", iso)  ("list", e…)  ("name", part…)  ("?",)
    ("=" "!=" "<" "<=" ">" ">=", l, r)  ("and" "or", e…)  ("not", e)  ("+" "-" "*" "/", l, r)  ("negative", e)
    ("if", condition, then, otherwise)  ("between", e, low, high)  ("call", name, e…)  ("in", e, test…)

A test, which is what a cell of a decision table or the right side of `in` holds:
    ("is", e)  ("than", operator, e)  ("range", "[" or "(", low, high, "]" or ")")  ("true", e)
"""

from collections.abc import Iterator
from typing import Any

from engine.feel.errors import FeelError
from engine.feel.tokens import Token
from engine.feel.values import compare, parse_date, parse_datetime

Node = tuple[Any, ...]

COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})
TRUTHS = COMPARISONS | {"and", "or", "not", "in", "between"}
PREDICATES = frozenset({"contains", "starts with", "ends with", "list contains"})
CONSTANTS = frozenset({"literal", "date", "datetime"})


def walk(node: Node) -> Iterator[Node]:
    return (part for part, _ in _walk(node))


def depth(node: Node) -> int:
    return max(level for _, level in _walk(node))


def _walk(node: Node) -> Iterator[tuple[Node, int]]:
    """Each node and how deep it lies; without recursion, for it also measures what is too deep."""
    waiting = [(node, 1)]
    while waiting:
        part, level = waiting.pop()
        yield part, level
        waiting.extend((operand, level + 1) for operand in reversed(part[1:]) if isinstance(operand, tuple))


def says_truth(node: Node) -> bool:
    """Whether a cell with this expression asks for its truth, and not for a value equal to it."""
    return node[0] in TRUTHS or (node[0] == "call" and node[1] in PREDICATES) or asks(node)


def asks(node: Node) -> bool:
    """Whether the expression itself speaks of the tested value, `?`."""
    return ("?",) in walk(node)


def constant(node: Node) -> Any:
    """The value of one of CONSTANTS."""
    match node:
        case ("date", text):
            return parse_date(text)
        case ("datetime", text):
            return parse_datetime(text)
    return node[1]


def negative(node: Node) -> Node:
    number = node[0] == "literal" and isinstance(node[1], int | float) and not isinstance(node[1], bool)
    return ("literal", -node[1]) if number else ("negative", node)


def interval(opening: str, low: Node, high: Node, closing: str, column: int) -> Node:
    if low[0] in CONSTANTS and high[0] in CONSTANTS and compare("<=", constant(low), constant(high)) is not True:
        raise FeelError("区间的两端要是同一种值，小的在前。", column)
    return ("range", opening, low, high, closing)


def call(token: Token, arguments: list[Node]) -> Node:
    """A date written out is a constant, so that a wrong one is found before anything runs."""
    if token.text in {"date", "date and time"} and len(arguments) == 1 and arguments[0][0] == "literal":
        return moment(token.text, str(arguments[0][1]), token.column)
    return ("call", token.text, *arguments)


def moment(word: str, text: str, column: int) -> Node:
    if (parse_date if word == "date" else parse_datetime)(text) is None:
        raise FeelError(f"“{text}”不是存在的日期，请写成 2026-01-31 这样。", column)
    return ("date" if word == "date" else "datetime", text)
