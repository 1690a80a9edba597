"""How a table's rows and inputs are named in a sentence."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from engine.decisions.types import shown

if TYPE_CHECKING:
    from engine.decisions.table import DecisionTable


def rows(numbers: Iterable[int]) -> str:
    return f"第 {'、'.join(map(str, numbers))} 行"


def given(table: "DecisionTable", values: Sequence[Any]) -> str:
    pairs = zip(table.inputs, values, strict=True)
    return "，".join(f"{column.label}={shown(value)}" for column, value in pairs) or "（无）"
