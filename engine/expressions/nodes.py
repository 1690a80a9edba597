"""From syntax nodes to closures. A node type that has no method here does not exist in the language."""

import ast
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Never

from engine.expressions import operators, source
from engine.expressions.failures import ExpressionError, Place, located, shown
from engine.expressions.functions import PURE, takes
from engine.expressions.values import Record, Value, checked, has_text_keys, is_number, is_record, is_text, plain
from errors import AppError

MAX_NODES = 200
MAX_DEPTH = 25
NOT_LITERAL: Any = ...  # stands in Call.arguments for what is only known when it runs; no value of the language
CONSTANTS = {"true": True, "false": False, "null": None}

Functions = Mapping[str, Callable[..., Value]]
Run = Callable[["Scope"], Value]


class Call(NamedTuple):
    """A call as it is written, for whoever checks a diagram: `param("xt.sign_days")`."""

    function: str
    arguments: tuple[Value, ...]


class Scope:
    """What one run sees: the variables, the functions it was given, and the names it has assigned."""

    __slots__ = ("assigned", "functions", "variables")

    def __init__(self, variables: Record, functions: Functions | None):
        if not is_record(variables) or not has_text_keys(variables):
            raise ExpressionError("变量必须是一条记录，键只能是文字")
        if functions and (taken := PURE.keys() & functions.keys()):
            raise ExpressionError(f"函数“{min(taken)}”是内置的，不能替换")
        self.variables = variables
        self.functions = functions or {}
        self.assigned: set[str] = set()


def guarded(run: Run, place: Place) -> Run:
    """The closure with its promise: it gives a checked value or an ExpressionError that says where."""

    def node(scope: Scope) -> Value:
        try:
            return checked(run(scope))
        except Exception as error:
            raise located(error, place) from error.__cause__

    return node


class Builder:
    """Builds the closures of one source text and notes what it reads and calls."""

    def __init__(self, text: str):
        self.text = text
        self.names: set[str] = set()
        self.calls: list[Call] = []
        self._nodes = 0

    def expression(self, node: ast.expr, depth: int) -> Run:
        """The closure of a node and all below it."""
        self.count(node, depth)
        build = _BUILDERS.get(type(node))
        if build is None:
            self.refuse(node, f"不能使用{_FORBIDDEN.get(type(node), '这种写法')}")
        run = build(self, node, depth + 1)
        return run if isinstance(node, ast.Constant) else guarded(run, self.place(node))

    def count(self, node: ast.expr | ast.stmt, depth: int) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES or depth > MAX_DEPTH:
            self.refuse(node, "写得太复杂，请拆成几步")

    def place(self, node: ast.expr | ast.stmt) -> Place:
        return source.place_of(self.text, node)

    def refuse(self, node: ast.expr | ast.stmt, words: str) -> Never:
        raise ExpressionError(words, self.place(node))

    def allowed_name(self, node: ast.expr, name: str) -> str:
        """A name in its normal form (the parser applied NFKC), unless it could mean something to Python."""
        if name.startswith("_") or "__" in name:
            self.refuse(node, f"名称“{shown(name)}”不能以下划线开头，也不能有连续的下划线")
        return name

    def constant(self, node: ast.Constant, depth: int) -> Run:
        if source.runs_into_next(self.text, node):
            self.refuse(node, "数字后面要有空格")
        try:
            value = checked(node.value)
        except ExpressionError as error:
            self.refuse(node, error.what)
        return lambda scope: value

    def name(self, node: ast.Name, depth: int) -> Run:
        name = self.allowed_name(node, node.id)
        if name in CONSTANTS:
            value = CONSTANTS[name]
            return lambda scope: value
        self.names.add(name)

        def variable(scope: Scope) -> Value:
            if name in scope.variables:
                return scope.variables[name]
            raise ExpressionError(f"没有名为“{shown(name)}”的变量")

        return variable

    def attribute(self, node: ast.Attribute, depth: int) -> Run:
        container, key = self.expression(node.value, depth), self.allowed_name(node, node.attr)
        return lambda scope: operators.entry(container(scope), key)

    def subscript(self, node: ast.Subscript, depth: int) -> Run:
        container, key = self.expression(node.value, depth), self.expression(node.slice, depth)
        return lambda scope: operators.entry(container(scope), key(scope))

    def binary(self, node: ast.BinOp, depth: int) -> Run:
        calculate = operators.ARITHMETIC.get(type(node.op))
        if calculate is None:
            self.refuse(node, "不能使用这种运算")
        left, right = self.expression(node.left, depth), self.expression(node.right, depth)
        return lambda scope: calculate(left(scope), right(scope))

    def unary(self, node: ast.UnaryOp, depth: int) -> Run:
        apply = operators.SIGNS.get(type(node.op))
        if apply is None:
            self.refuse(node, "不能使用这种运算")
        operand = self.expression(node.operand, depth)
        return lambda scope: apply(operand(scope))

    def boolean(self, node: ast.BoolOp, depth: int) -> Run:
        """As in Python: the value that decides, and nothing after it runs."""
        *first, last = [self.expression(value, depth) for value in node.values]
        stops_at = isinstance(node.op, ast.Or)

        def decided(scope: Scope) -> Value:
            for run in first:
                value = run(scope)
                if bool(value) is stops_at:
                    return value
            return last(scope)

        return decided

    def comparison(self, node: ast.Compare, depth: int) -> Run:
        first = self.expression(node.left, depth)
        steps = [
            (self._comparing(node, op), self.expression(x, depth))
            for op, x in zip(node.ops, node.comparators, strict=True)
        ]

        def compared(scope: Scope) -> bool:
            left = first(scope)
            for compare, run in steps:
                right = run(scope)
                if not compare(left, right):
                    return False
                left = right
            return True

        return compared

    def _comparing(self, node: ast.Compare, op: ast.cmpop) -> operators.Operator:
        compare = operators.COMPARISONS.get(type(op))
        if compare is None:
            self.refuse(node, "不能使用 is，请用 == 或 != 比较")
        return compare

    def choice(self, node: ast.IfExp, depth: int) -> Run:
        test, yes, no = (self.expression(part, depth) for part in (node.test, node.body, node.orelse))
        return lambda scope: yes(scope) if test(scope) else no(scope)

    def items(self, node: ast.List | ast.Tuple, depth: int) -> Run:
        runs = [self.expression(item, depth) for item in node.elts]
        return lambda scope: [run(scope) for run in runs]

    def record(self, node: ast.Dict, depth: int) -> Run:
        if None in node.keys:
            self.refuse(node, "不能使用 ** 展开")
        keys = [self.expression(key, depth) for key in node.keys if key is not None]
        values = [self.expression(value, depth) for value in node.values]
        return lambda scope: {_key(key(scope)): value(scope) for key, value in zip(keys, values, strict=True)}

    def call(self, node: ast.Call, depth: int) -> Run:
        if not isinstance(node.func, ast.Name) or node.keywords:
            self.refuse(node, "只能写成 函数名(参数, …)")
        name = self.allowed_name(node, node.func.id)
        arguments = [self.expression(argument, depth) for argument in node.args]
        self.calls.append(Call(name, tuple(map(_literal, node.args))))
        if name not in PURE:
            return _call_of_given(name, arguments)
        if not takes(name, len(arguments)):
            self.refuse(node, f"函数“{name}”的参数个数不对")
        function = PURE[name]
        return lambda scope: function(*[argument(scope) for argument in arguments])


def _key(value: Value) -> str:
    if not is_text(value):
        raise ExpressionError("记录的键只能是文字")
    return value


def _call_of_given(name: str, arguments: list[Run]) -> Run:
    """A call of a function given at run time: it gets copies, and what it answers is checked to the bottom."""

    def call(scope: Scope) -> Value:
        function = scope.functions.get(name)
        if function is None:
            raise ExpressionError(f"没有名为“{shown(name)}”的函数")
        values = [plain(argument(scope)) for argument in arguments]
        return plain(_answer(name, function, values))

    return call


def _answer(name: str, function: Callable[..., Value], values: list[Value]) -> Value:
    try:
        return function(*values)
    except AppError as error:  # words meant for people: pass them on
        raise ExpressionError(f"函数“{shown(name)}”：{error}") from error
    except Exception as error:
        raise ExpressionError(f"函数“{shown(name)}”无法计算") from error


def _literal(node: ast.expr) -> Value:
    """What is written, if it is a plain constant."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        return CONSTANTS.get(node.id, NOT_LITERAL)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        operand = _literal(node.operand)
        return -operand if is_number(operand) else NOT_LITERAL
    return NOT_LITERAL


_BUILDERS: dict[type[ast.expr], Callable[[Builder, Any, int], Run]] = {
    ast.Constant: Builder.constant,
    ast.Name: Builder.name,
    ast.Attribute: Builder.attribute,
    ast.Subscript: Builder.subscript,
    ast.BinOp: Builder.binary,
    ast.UnaryOp: Builder.unary,
    ast.BoolOp: Builder.boolean,
    ast.Compare: Builder.comparison,
    ast.IfExp: Builder.choice,
    ast.List: Builder.items,
    ast.Tuple: Builder.items,
    ast.Dict: Builder.record,
    ast.Call: Builder.call,
}
_FORBIDDEN: dict[type[ast.expr], str] = {
    ast.Lambda: "匿名函数",
    ast.ListComp: "推导式",
    ast.SetComp: "推导式",
    ast.DictComp: "推导式",
    ast.GeneratorExp: "推导式",
    ast.JoinedStr: "格式化文字，请用 + 和 text() 连接",
    ast.NamedExpr: " :=",
    ast.Starred: " * 展开",
    ast.Slice: "切片",
    ast.Set: "集合，请用列表",
}
