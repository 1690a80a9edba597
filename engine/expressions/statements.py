"""The two statements of a script: assignment and `if`."""

import ast

from engine.expressions.failures import ExpressionError
from engine.expressions.nodes import CONSTANTS, Builder, Run, Scope, guarded
from engine.expressions.values import Record, Value, plain, record


class ScriptBuilder(Builder):
    """Builds a script and notes, besides what it reads and calls, what it assigns."""

    def __init__(self, text: str):
        super().__init__(text)
        self.assigns: set[str] = set()

    def block(self, statements: list[ast.stmt], depth: int) -> Run:
        runs = [self.statement(statement, depth) for statement in statements]

        def each(scope: Scope) -> None:
            for run in runs:
                run(scope)

        return each

    def statement(self, node: ast.stmt, depth: int) -> Run:
        self.count(node, depth)
        if isinstance(node, ast.Assign):
            run = self.assignment(node, depth + 1)
        elif isinstance(node, ast.If):
            run = self.condition(node, depth + 1)
        else:
            self.refuse(node, "脚本里只能写赋值和 if")
        return guarded(run, self.place(node))

    def condition(self, node: ast.If, depth: int) -> Run:
        test = self.expression(node.test, depth)
        yes, no = self.block(node.body, depth), self.block(node.orelse, depth)
        return lambda scope: yes(scope) if test(scope) else no(scope)

    def assignment(self, node: ast.Assign, depth: int) -> Run:
        if len(node.targets) != 1:
            self.refuse(node, "一次只能给一个变量赋值")
        name, *path = self.target(node.targets[0])
        self.assigns.add(name)
        value = self.expression(node.value, depth)

        def assign(scope: Scope) -> None:
            new = plain(value(scope))
            scope.variables[name] = _with_entry(scope.variables.get(name, {}), [name, *path], new) if path else new
            scope.assigned.add(name)

        return assign

    def target(self, node: ast.expr) -> list[str]:
        """The names of a dotted path, outermost first. Each counts as a node: it may create a record."""
        path: list[str] = []
        while isinstance(node, ast.Attribute):
            self.count(node, len(path))
            path.append(self.allowed_name(node, node.attr))
            node = node.value
        if not isinstance(node, ast.Name):
            self.refuse(node, "只能给变量或记录的一项赋值")
        if node.id in CONSTANTS:
            self.refuse(node, f"“{node.id}”不能赋值")
        return [self.allowed_name(node, node.id), *reversed(path)]


def _with_entry(value: Value, path: list[str], new: Value) -> Record:
    """A copy of the record with one entry set, whatever records lead to it created."""
    name, *between, last = path
    root = inner = record(plain(value), name)
    for key in between:
        inner = record(inner.setdefault(key, {}), key)
    inner[last] = new
    return root


def changed(scope: Scope) -> Record:
    """What the script assigned: copies, so that the names share nothing with each other."""
    try:
        return plain({name: scope.variables[name] for name in scope.assigned})
    except ExpressionError as error:
        raise ExpressionError(f"脚本的结果：{error.what}") from None
