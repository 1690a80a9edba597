"""What + - * / // % and the comparisons do. Operands come checked, one level deep; results are checked by the node."""

import ast
import operator
from collections.abc import Callable

from engine.expressions.failures import ExpressionError, shown
from engine.expressions.values import Value, has_text_keys, is_list, is_number, is_record, is_text, plain, record

Operator = Callable[[Value, Value], Value]


def add(a: Value, b: Value) -> Value:
    """Numbers add; text joins text and a list joins a list. Nothing is converted silently."""
    if (is_number(a) and is_number(b)) or (is_text(a) and is_text(b)) or (is_list(a) and is_list(b)):
        return a + b
    raise ExpressionError("只有数字与数字、文字与文字、列表与列表可以相加；数字转文字请用 text()")


def negative(a: Value) -> Value:
    if not is_number(a):
        raise ExpressionError("只有数字可以取负")
    return -a


def equal(a: Value, b: Value) -> bool:
    """Containers are copied first, so that nothing unchecked inside them is ever asked to compare itself."""
    if (is_list(a) or is_record(a)) and (is_list(b) or is_record(b)):
        return plain(a) == plain(b)
    return a == b


def unequal(a: Value, b: Value) -> bool:
    return not equal(a, b)


def contains(container: Value, item: Value) -> bool:
    """Part of a text, item of a list, or key of a record."""
    if is_text(container) and is_text(item):
        return item in container
    if is_list(container):
        return plain(item) in plain(container)
    if is_record(container) and has_text_keys(container):
        return is_text(item) and item in container
    raise ExpressionError("只能在文字里找文字，或在列表、记录里查找")


def entry(container: Value, key: Value) -> Value:
    """container[key], and container.key as well: a lookup in data, never an attribute of a Python object."""
    if is_text(key):
        return _entry_of_record(container, key)
    if type(key) is int and (is_list(container) or is_text(container)):
        if -len(container) <= key < len(container):
            return container[key]
        raise ExpressionError(f"没有第 {key} 项")
    raise ExpressionError("记录要用文字取值，列表和文字要用整数取值")


def _entry_of_record(container: Value, key: str) -> Value:
    if not is_record(container):
        raise ExpressionError(f"只能从记录里取“{shown(key)}”")
    if key not in record(container, "数据"):
        raise ExpressionError(f"记录里没有“{shown(key)}”")
    return container[key]


def _of_numbers(calculate: Operator) -> Operator:
    """An operator on numbers only: text times a number would be a memory bomb, text % values a format language."""

    def calculated(a: Value, b: Value) -> Value:
        if is_number(a) and is_number(b):
            return calculate(a, b)
        raise ExpressionError("只有数字可以这样计算")

    return calculated


def _ordering(compare: Operator) -> Operator:
    """A comparison of size: numbers with numbers, text (so also ISO dates) with text."""

    def compared(a: Value, b: Value) -> Value:
        if (is_number(a) and is_number(b)) or (is_text(a) and is_text(b)):
            return compare(a, b)
        raise ExpressionError("只有数字与数字、文字与文字可以比较大小")

    return compared


ARITHMETIC: dict[type[ast.operator], Operator] = {
    ast.Add: add,
    ast.Sub: _of_numbers(operator.sub),
    ast.Mult: _of_numbers(operator.mul),
    ast.Div: _of_numbers(operator.truediv),
    ast.FloorDiv: _of_numbers(operator.floordiv),
    ast.Mod: _of_numbers(operator.mod),
}
COMPARISONS: dict[type[ast.cmpop], Operator] = {
    ast.Eq: equal,
    ast.NotEq: unequal,
    ast.Lt: _ordering(operator.lt),
    ast.LtE: _ordering(operator.le),
    ast.Gt: _ordering(operator.gt),
    ast.GtE: _ordering(operator.ge),
    ast.In: lambda item, container: contains(container, item),
    ast.NotIn: lambda item, container: not contains(container, item),
}
SIGNS: dict[type[ast.unaryop], Callable[[Value], Value]] = {ast.Not: operator.not_, ast.USub: negative}
