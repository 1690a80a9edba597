"""A tree into a closure: nothing is looked up in the tree when a case runs."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from engine.feel.errors import FeelError
from engine.feel.functions import BUILT_IN, call_built_in
from engine.feel.tree import COMPARISONS, CONSTANTS, Node, constant
from engine.feel.values import calculate, compare, kind


class Scope(NamedTuple):
    variables: Mapping[str, Any]
    functions: Mapping[str, Callable[..., Any]]
    tested: Any = None  # what `?` means


Run = Callable[[Scope], Any]


def compiled(node: Node) -> Run:
    symbol, *operands = node
    if symbol in CONSTANTS:
        return _literal(constant(node))
    if symbol in SHAPES:
        return SHAPES[symbol](*operands)
    runs = [compiled(operand) for operand in operands]
    if symbol in COMPARISONS:
        left, right = runs
        return lambda scope: compare(symbol, left(scope), right(scope))
    if symbol in {"and", "or"}:
        return _logic(runs, decisive=symbol == "or")
    return OPERATORS[symbol](symbol, *runs)


def _literal(value: Any) -> Run:
    return lambda scope: value


def _name(first: str, *rest: str) -> Run:
    def value(scope: Scope) -> Any:
        found = scope.variables.get(first)
        for part in rest:
            found = found.get(part) if isinstance(found, Mapping) else None
        return found

    return value


def _call(name: str, *arguments: Node) -> Run:
    runs = [compiled(argument) for argument in arguments]

    def value(scope: Scope) -> Any:
        values = [run(scope) for run in runs]
        of_list = name == "count" and len(values) == 1 and kind(values[0]) == "list"  # a case counts its steps too
        if name in scope.functions and not of_list:
            return _given(name, scope.functions[name], values)
        if name in BUILT_IN:
            return call_built_in(name, values)
        raise FeelError(f"没有名为“{name}”的函数。")

    return value


def _given(name: str, function: Callable[..., Any], values: list[Any]) -> Any:
    try:
        return function(*values)
    except TypeError as error:
        raise FeelError(f"函数“{name}”的参数不对。") from error


def _in(subject: Node, *tests: Node) -> Run:
    run = compiled(subject)
    passes = any_test(tests)
    return lambda scope: passes(scope._replace(tested=run(scope)))


def _range(*_: Any) -> Run:
    raise FeelError("区间只能写在输入单元格里，或写在 in 之后。")


def _logic(runs: list[Run], *, decisive: bool) -> Run:
    """`or` is decided by a true, `and` by a false; otherwise a null leaves it open."""

    def value(scope: Scope) -> bool | None:
        open_ = False
        for run in runs:
            found = run(scope)
            if found is decisive:
                return decisive
            open_ = open_ or not isinstance(found, bool)
        return None if open_ else not decisive

    return value


def _not(_: str, run: Run) -> Run:
    def value(scope: Scope) -> bool | None:
        found = run(scope)
        return not found if isinstance(found, bool) else None

    return value


def _if(_: str, condition: Run, then: Run, otherwise: Run) -> Run:
    return lambda scope: then(scope) if condition(scope) is True else otherwise(scope)


def _between(_: str, value: Run, low: Run, high: Run) -> Run:
    return lambda scope: within(value(scope), "[", low(scope), high(scope), "]")


def _list(_: str, *runs: Run) -> Run:
    return lambda scope: [run(scope) for run in runs]


def _arithmetic(symbol: str, left: Run, right: Run) -> Run:
    return lambda scope: calculate(symbol, left(scope), right(scope))


def _negative(_: str, run: Run) -> Run:
    return lambda scope: calculate("-", 0, run(scope))


SHAPES: dict[str, Callable[..., Run]] = {
    "name": _name,
    "?": lambda: lambda scope: scope.tested,
    "call": _call,
    "in": _in,
    "range": _range,
}
OPERATORS: dict[str, Callable[..., Run]] = {
    "not": _not,
    "if": _if,
    "between": _between,
    "list": _list,
    "negative": _negative,
    **dict.fromkeys("+-*/", _arithmetic),
}


# -- tests


def any_test(tests: tuple[Node, ...] | list[Node]) -> Run:
    return _logic([_test(test) for test in tests], decisive=True)


def _test(test: Node) -> Run:
    shape, *operands = test
    if shape == "than":
        symbol, bound = operands[0], compiled(operands[1])
        return lambda scope: compare(symbol, scope.tested, bound(scope))
    if shape == "range":
        opening, low, high, closing = operands[0], compiled(operands[1]), compiled(operands[2]), operands[3]
        return lambda scope: within(scope.tested, opening, low(scope), high(scope), closing)
    run = compiled(operands[0])
    if shape == "true":
        return lambda scope: truth(run(scope))
    return lambda scope: equal(scope.tested, run(scope))


def truth(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def equal(tested: object, value: object) -> bool | None:
    if kind(value) == "list" and kind(tested) != "list":
        return any(compare("=", tested, item) is True for item in value)  # type: ignore[attr-defined]
    return compare("=", tested, value)


def within(value: object, opening: str, low: object, high: object, closing: str) -> bool | None:
    above = compare(">=" if opening == "[" else ">", value, low)
    below = compare("<=" if closing == "]" else "<", value, high)
    if above is False or below is False:
        return False
    return None if above is None or below is None else True
