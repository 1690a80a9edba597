"""Remember what never changes: a published version, a parameter revision, a calendar edition."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from models import db

P = ParamSpec("P")
R = TypeVar("R")


_caches: list[WeakKeyDictionary[Engine, Any]] = []


def forget() -> None:
    """The database at hand has been replaced as a whole: what we remember of it is another one's."""
    for answers in _caches:
        answers.pop(db.engine, None)


def per_database(size: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Cache the last `size` answers of a function of hashable arguments, apart for each database."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        answers: WeakKeyDictionary[Engine, OrderedDict[Hashable, R]] = WeakKeyDictionary()
        _caches.append(answers)

        @wraps(function)
        def look_up(*args: P.args, **kwargs: P.kwargs) -> R:
            known = answers.setdefault(db.engine, OrderedDict())
            key = (args, tuple(kwargs.items()))
            if key not in known:
                known[key] = function(*args, **kwargs)
                if len(known) > size:
                    known.popitem(last=False)
            return known[key]

        return look_up

    return decorate
