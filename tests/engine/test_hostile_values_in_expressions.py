"""What hostile data cannot do: no method of it is ever called, and its size does not matter."""

import datetime as dt
import decimal
import enum
import sys
from collections import OrderedDict, UserDict, defaultdict
from typing import NamedTuple

import pytest

from engine.expressions import ExpressionError, evaluate, execute


class Touched(BaseException):
    """Code of a stranger ran. Not an Exception, so that no handler can hide it."""


def _touched(*arguments, **options):
    raise Touched


_NAMES = """
    __eq__ __ne__ __lt__ __gt__ __le__ __ge__ __bool__ __len__ __iter__ __getitem__ __contains__ __add__ __radd__
    __mul__ __rmul__ __mod__ __rmod__ __str__ __repr__ __format__ __getattribute__ __index__ __int__ __float__
    __neg__ __abs__ __call__ __copy__ __deepcopy__ __reduce__ keys get items upper
"""
_METHODS = dict.fromkeys(_NAMES.split(), _touched)
HostileType = type("HostileType", (type,), dict.fromkeys(["__eq__", "__hash__", "__instancecheck__"], _touched))


class HostileKey:
    """Answers to any name of the same hash, the moment a lookup asks it."""

    def __hash__(self):
        return hash("a")

    __eq__ = _touched


class Pair(NamedTuple):
    a: int
    b: int


class Level(enum.IntEnum):
    HIGH = 1


STRANGERS = {
    "object": lambda: type("Stranger", (), {**_METHODS, "__hash__": _touched})(),
    "metaclass": lambda: type.__call__(HostileType, "Meta", (), {})(),
    "text subclass": lambda: type("Text", (str,), _METHODS)("abc"),
    "number subclass": lambda: type("Int", (int,), _METHODS)(1),
    "float subclass": lambda: type("Float", (float,), _METHODS)(1.0),
    "list subclass": lambda: type("List", (list,), _METHODS)([1]),
    "dict subclass": lambda: type("Dict", (dict,), _METHODS)(a=1),
    "tuple subclass": lambda: Pair(1, 2),
    "enum": lambda: Level.HIGH,
    "OrderedDict": lambda: OrderedDict(a=1),
    "defaultdict": lambda: defaultdict(_touched, a=1),
    "UserDict": lambda: UserDict(a=1),
    "hostile key": lambda: {HostileKey(): 1},
    "number key": lambda: {1: 1},
    "datetime": lambda: dt.datetime(2025, 1, 1, tzinfo=dt.UTC),
    "date": lambda: dt.date(2025, 1, 1),
    "timedelta": lambda: dt.timedelta(1),
    "Decimal": lambda: decimal.Decimal("1"),
    "bytes": lambda: b"abc",
    "set": lambda: {1},
    "complex": lambda: 1j,
    "function": lambda: len,
    "module": lambda: sys,
    "class": lambda: str,
    "generator": lambda: (i for i in [1]),
    "Ellipsis": lambda: ...,
    "nan": lambda: float("nan"),
    "infinity": lambda: float("inf"),
    "large number": lambda: 10**5000,
    "large text": lambda: "a" * 20_001,
    "text with NUL": lambda: "a\0",
    "half a character": lambda: "\ud800",
    "large list": lambda: [0] * 1001,
    "wide data": lambda: [[0] * 1000] * 1000,
    "much text": lambda: ["a" * 20_000] * 1000,
    "deep data": lambda: _nested(5_000),
    "data inside itself": lambda: _endless(),
    "large key": lambda: {"a" * 20_001: 1},
}


def _nested(depth):
    value = []
    for _ in range(depth):
        value = [value]
    return value


def _endless():
    value = {}
    value["again"] = [value]
    return value


USES = [
    "v",
    "[v]",
    "[1, v]",
    "[v][0]",
    '{"k": v}',
    "v == v",
    "[v] == [v]",
    "v < v",
    "v + v",
    "-v",
    "not v",
    "v in [v]",
    "1 in v",
    '"a" in v',
    "v.a",
    'v["a"]',
    "v[0]",
    'get(v, "a")',
    "1 if false else v",
    "v if v == v else 1",
    "host(v)",
]


@pytest.mark.parametrize("source", USES)
@pytest.mark.parametrize("stranger", STRANGERS.values(), ids=STRANGERS)
def test_a_value_that_is_no_plain_data_is_refused_untouched(stranger, source):
    value = stranger()
    with pytest.raises(ExpressionError):
        evaluate(f"[{source}, v]", {"v": value}, {"host": lambda given: None})
    with pytest.raises(ExpressionError):
        execute(f"a = v\nb = {source}", {"v": value}, {"host": lambda given: None})


@pytest.mark.parametrize("stranger", STRANGERS.values(), ids=STRANGERS)
def test_a_stranger_inside_data_is_refused_untouched(stranger):
    held = {"deep": [{"a": stranger()}]}
    for source in ("x", "x == x", "x in [x]", "[x.deep]", "x.deep[0].a == x", "host(x)"):
        with pytest.raises(ExpressionError):
            evaluate(f"[{source}, x]", {"x": held}, {"host": lambda given: None})


@pytest.mark.parametrize("stranger", STRANGERS.values(), ids=STRANGERS)
def test_a_function_cannot_bring_a_stranger_in(stranger):
    value = stranger()
    for source in ("host()", "host() == 1", "len([host()])", "false and 1 or host()"):
        with pytest.raises(ExpressionError):
            evaluate(source, {}, {"host": lambda: value})


@pytest.mark.parametrize("stranger", STRANGERS.values(), ids=STRANGERS)
def test_a_stranger_nobody_reads_does_no_harm(stranger):
    assert evaluate("1 + x", {"x": 1, "v": stranger()}) == 2
    assert execute("y = x", {"x": 1, "v": stranger()}) == {"y": 1}


def test_no_function_of_the_language_asks_a_stranger_inside_a_list():
    for name in ("min", "max", "sum", "contains", "len", "text", "bool", "get", "abs", "round", "number", "date"):
        for source in (f"{name}(v)", f"{name}(v, 1)", f"{name}(v[0])", f"{name}(v, v[0])"):
            try:
                result = evaluate(source, {"v": [STRANGERS["object"](), STRANGERS["text subclass"]()]})
            except ExpressionError:
                continue
            assert type(result) in (int, bool, type(None))  # its length or truth; never itself


@pytest.mark.parametrize("name", ["min", "max", "sum"])
def test_a_number_that_is_none_cannot_hide_in_a_list(name):
    for items in ([1, float("nan")], [float("nan"), 1], [1, float("inf"), float("-inf")], [1, 10**5000]):
        with pytest.raises(ExpressionError):
            evaluate(f"{name}(v)", {"v": items})


@pytest.mark.parametrize("variables", [None, [], "x", UserDict(x=1), OrderedDict(x=1), {1: 1}, {HostileKey(): 1}])
def test_variables_are_exactly_a_record(variables):
    for run in (evaluate, execute):
        with pytest.raises(ExpressionError):
            run("a = 1" if run is execute else "1", variables)


@pytest.mark.parametrize(
    "error", [RecursionError, MemoryError, KeyError("x"), ValueError("x"), StopIteration, SyntaxError, TypeError]
)
def test_no_exception_of_a_function_leaks(error):
    def broken():
        raise error

    with pytest.raises(ExpressionError):
        evaluate("[broken()]", {}, {"broken": broken})
