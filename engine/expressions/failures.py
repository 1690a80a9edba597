"""The one error of the language: what is wrong and where, in the designer's words."""

from typing import NamedTuple

from errors import AppError


class Place(NamedTuple):
    """Where in the source, as a person counts: from 1, in characters."""

    line: int
    column: int

    def __str__(self) -> str:
        return f"第 {self.column} 列" if self.line == 1 else f"第 {self.line} 行第 {self.column} 列"


class ExpressionError(AppError):
    """表达式有误。"""

    def __init__(self, what: str | None = None, place: Place | None = None):
        self.what = what or self.__doc__ or ""
        self.place = place  # None while the operator that raises does not know where it stands
        super().__init__(f"{self.what}（{place}）" if place else self.what)


def shown(text: str) -> str:
    """A name or key for use in a message, which must stay one readable line whatever the data holds."""
    return text if len(text) <= 30 else text[:30] + "…"


def located(error: Exception, place: Place) -> ExpressionError:
    """The same failure, said in words and with its place; an inner node's place is kept."""
    if not isinstance(error, ExpressionError):
        return ExpressionError(_words(error), place)
    return error if error.place else ExpressionError(error.what, place)


def _words(error: Exception) -> str:
    for kind, words in _WORDS.items():
        if isinstance(error, kind):
            return words
    return "无法计算"


_WORDS: dict[type[Exception], str] = {
    ZeroDivisionError: "除数不能为零",
    OverflowError: "数字超出允许的范围",
    RecursionError: "嵌套太深",
    MemoryError: "占用的内存太多",
}
