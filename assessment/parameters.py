"""Reading weights, limits and modes out of the parameters; what is absent keeps its default."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from assessment.exact import BadScore, count, number, percent, shown
from errors import AppError

Parameters = Mapping[str, Any]


class BadParameters(AppError, ValueError):
    """考核参数有误。"""


def read_number(parameters: Parameters, key: str, default: str) -> Decimal:
    try:
        return number(parameters.get(key, default), f"参数{key}")
    except BadScore as bad:
        raise BadParameters(str(bad)) from None


def read_count(parameters: Parameters, key: str, default: int) -> int:
    try:
        return count(parameters.get(key, default), f"参数{key}")
    except BadScore as bad:
        raise BadParameters(str(bad)) from None


def read_flag(parameters: Parameters, key: str, default: bool) -> bool:
    value = parameters.get(key, default)
    if not isinstance(value, bool):
        raise BadParameters(f"参数{key}应为 true 或 false，现在是“{value}”。")
    return value


def read_table(parameters: Parameters, key: str, default: Mapping[str, Any]) -> dict[str, Decimal]:
    """Numbers by name, such as the weights of the indicators."""
    table = parameters.get(key, default)
    if not isinstance(table, Mapping) or not table:
        raise BadParameters(f"参数{key}应为名称与数值的对照，现在是“{table}”。")
    return {str(name): read_number(table, name, "") for name in table}


def one_of(value: object, choices: Collection[str], what: str) -> str:
    if not isinstance(value, str) or value not in choices:
        raise BadParameters(f"{what}应为{'、'.join(choices)}之一，现在是“{value}”。")
    return value


def within(value: Decimal, least: int, most: int | None, what: str) -> Decimal:
    if value < least or (most is not None and value > most):
        limit = f"在{least}至{most}之间" if most is not None else f"不小于{least}"
        raise BadParameters(f"{what}应{limit}，现在是{shown(value)}。")
    return value


def weigh_one(weights: Mapping[str, Decimal], what: str) -> None:
    """Weights are not below nothing and make 1 together."""
    for name, weight in weights.items():
        within(weight, 0, None, f"{what}（{name}）")
    if sum(weights.values()) != 1:
        listed = "、".join(f"{name}{percent(weight)}" for name, weight in weights.items())
        raise BadParameters(f"{what}之和应为100%，现在是{listed}。")
