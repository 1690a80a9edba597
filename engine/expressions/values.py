"""What a value may be: exactly a type of JSON, within a size.

Exactly, because a subclass can carry methods of its own. For the same reason types are compared with `is` only: the
hash or `==` of a stranger's type would run code of its metaclass.
"""

from typing import Any

from engine.expressions.failures import ExpressionError, shown

MAX_TEXT = 20_000  # characters of one text
MAX_ITEMS = 1_000  # items of one list, entries of one record
MAX_NUMBER = 10**15  # below 2**53, so a float still counts in ones
MAX_NESTING = 20  # lists and records inside each other
MAX_ENTRIES = 4_000  # values in a result, all levels together
MAX_CHARACTERS = 200_000  # characters in a result, all levels together

Value = Any  # None | bool | int | float | str | list[Value] | dict[str, Value]
Record = dict[str, Value]


def checked(value: object) -> Value:
    """The value, if its own type and size are allowed; a tuple becomes a list.

    What it holds is not looked at, so every node can afford this; plain() looks at all of it.
    """
    kind = type(value)
    if kind is bool or value is None:
        return value
    if kind is str:
        return _no_longer_than(MAX_TEXT, value, "文字太长")
    if kind is int or kind is float:
        return _in_range(value)
    if kind is list or kind is dict:
        return _no_longer_than(MAX_ITEMS, value, "列表或记录太大")
    if kind is tuple:
        return list(_no_longer_than(MAX_ITEMS, value, "列表或记录太大"))
    raise ExpressionError("只能使用文字、数字、真假、空值、列表和记录")


def plain(value: object) -> Value:
    """A copy that shares nothing with the original, each part of it checked, the whole within caps."""
    top = checked(value)
    if is_list(top) or is_record(top):
        return _Copy().of(top, 0)
    return storable(top) if is_text(top) else top


def storable(text: str) -> str:
    """The text, unless no database could hold it."""
    if "\0" in text or not (text.isascii() or _is_unicode(text)):
        raise ExpressionError("文字里有不能保存的字符")
    return text


def has_text_keys(record: dict[Any, Any]) -> bool:
    """Whether a lookup in it is safe: a stranger's key could answer `==` with code of its own."""
    for key in record:  # noqa: SIM110  (a generator would triple the cost on the hottest path)
        if type(key) is not str:
            return False
    return True


def is_number(value: object) -> bool:
    """Whether one may calculate with it; truth counts as 1 and 0, so that sum() can count."""
    kind = type(value)
    return kind is int or kind is float or kind is bool


def is_text(value: object) -> bool:
    return type(value) is str


def is_list(value: object) -> bool:
    return type(value) is list


def is_record(value: object) -> bool:
    return type(value) is dict


def record(value: Value, name: str) -> Record:
    """The value, if it is a record whose entries can be looked up."""
    if not is_record(value):
        raise ExpressionError(f"“{shown(name)}”不是一条记录")
    if not has_text_keys(value):
        raise ExpressionError("记录的键只能是文字")
    return value


def _no_longer_than(limit: int, value: Any, words: str) -> Any:
    if len(value) > limit:
        raise ExpressionError(f"{words}，上限为 {limit}")
    return value


def _in_range(number: Any) -> Any:
    if not -MAX_NUMBER <= number <= MAX_NUMBER:  # NaN and the infinities fail this too
        raise ExpressionError("数字超出允许的范围")
    return number


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


class _Copy:
    """One deep copy and what it has used of its caps."""

    __slots__ = ("characters", "entries")

    def __init__(self) -> None:
        self.entries = 0
        self.characters = 0

    def of(self, value: object, nesting: int) -> Value:
        self.entries += 1
        if self.entries > MAX_ENTRIES or nesting > MAX_NESTING:
            raise ExpressionError("数据太多或嵌套太深")
        top = checked(value)
        kind = type(top)
        if kind is list:
            return [self.of(item, nesting + 1) for item in top]
        if kind is dict:
            return {self.text(key): self.of(item, nesting + 1) for key, item in record(top, "数据").items()}
        return self.text(top) if kind is str else top

    def text(self, text: str) -> str:
        checked(text)
        self.characters += len(text)
        if self.characters > MAX_CHARACTERS:
            raise ExpressionError(f"数据里的文字太多，上限为 {MAX_CHARACTERS}")
        return storable(text)
