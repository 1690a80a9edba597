"""A piece of the expression language, judged while it is typed."""

from difflib import get_close_matches

from engine.expressions import compile_expression, compile_script
from engine.expressions.functions import PURE
from engine.host import FUNCTIONS
from errors import AppError


def problem_of(source: str, *, script: bool = False) -> str:
    """What is wrong with it, in one sentence; "" when nothing is. Which variables there are, only the flow knows."""
    try:
        read = compile_script(source) if script else compile_expression(source)
    except AppError as error:
        return f"{error}"
    known = FUNCTIONS | PURE.keys()
    for name in sorted(read.functions - known):
        close = get_close_matches(name, sorted(known), 1)
        return f"没有函数“{name}”{f'，是不是“{close[0]}”' if close else ''}。"
    return ""
