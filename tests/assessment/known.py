"""What the tests of this folder speak of: the seed's parameters, and a working checked by working it out again."""

import ast
import json
import math
import operator
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

from assessment import Working
from reference.seeds import seeded_parameters

HERE = Path(__file__).parent
EXAMPLES = json.loads((HERE / "data/scoring_examples.json").read_text(encoding="utf-8"))["tests"]
PARAMETERS = {entry["key"]: entry["value"] for entry in seeded_parameters()}
ASIDE = ("不纳入考核的事项", "被点名的月度通报")  # parts shown beside the arithmetic, not in it

_SIGNS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}
_CALLS: dict[str, Callable[..., Fraction]] = {"取整": lambda x: Fraction(math.floor(x)), "较小": min, "较大": max}


def worked_out(figures: str) -> Fraction:
    """The arithmetic a page shows, done again from its text alone."""
    text = figures.replace("×", "*").replace("÷", "/").replace("%", "*0.01")
    return _value(ast.parse(text, mode="eval").body, text)


def every(working: Working) -> Iterator[Working]:
    """The working and all below it, each once."""
    seen, waiting = set(), [working]
    while waiting:
        node = waiting.pop()
        if id(node) not in seen:
            seen.add(id(node))
            yield node
            waiting += node.parts


def hold(working: Working) -> None:
    """Every number of the tree is what its figures come to, and every part stands in them."""
    for node in every(working):
        if node.figure is None:
            continue
        assert node.value is not None
        scale = 10 ** (4 if node.label == "上浮比例" else 2)
        half_up = Fraction(math.floor(worked_out(node.figures) * scale + Fraction(1, 2)), scale)
        assert Fraction(node.value) == half_up, node.label
        for part in node.parts:
            if part.label not in ASIDE and not part.note.endswith("分，不计。"):
                assert part.value is not None
                assert f"{part.value:f}" in node.figures or part.figures in node.figures, (node.label, part.label)


def _value(node: ast.expr, text: str) -> Fraction:
    match node:
        case ast.BinOp(left, sign, right):
            return _SIGNS[type(sign)](_value(left, text), _value(right, text))
        case ast.UnaryOp(ast.USub(), operand):
            return -_value(operand, text)
        case ast.Call(ast.Name(name), arguments):
            return _CALLS[name](*(_value(each, text) for each in arguments))
        case ast.Constant():
            return Fraction(text.encode()[node.col_offset : node.end_col_offset].decode())
    raise AssertionError(ast.dump(node))
