"""How a scenario fails, in words that a process designer can act on."""

from collections.abc import Iterable

from errors import AppError


class Unexpected(AppError):
    """与预期不符。"""

    def __init__(self, expected: str, actual: str | None = None):
        super().__init__(expected if actual is None else f"应为：{expected}\n实为：{actual}")


class NotUnderstood(AppError):
    """看不懂这一步。"""


def listed(things: Iterable[object], none: str = "（没有）") -> str:
    return "、".join(map(str, things)) or none
