"""The language of conditions, scripts and parameters on a diagram.

Designers are not programmers we trust: source is parsed, never compiled to bytecode and never handed to eval. An
allow-list of node types becomes a tree of closures over exact JSON values with caps on every size. There is no loop
and no recursion, so each node runs at most once and the cost of any text is bounded by the caps.
docs/decisions/expression-language.md says why it is ours.

    evaluate('amount > 1000 and kind == "a"', {"amount": 1200, "kind": "a"})   # True
    execute('if days > 5: result.late = true', {"days": 6})                      # {"result": {"late": True}}
"""

from engine.expressions.compiled import Expression, Script, compile_expression, compile_script, evaluate, execute
from engine.expressions.failures import ExpressionError
from engine.expressions.nodes import NOT_LITERAL

__all__ = [
    "NOT_LITERAL",
    "Expression",
    "ExpressionError",
    "Script",
    "compile_expression",
    "compile_script",
    "evaluate",
    "execute",
]
