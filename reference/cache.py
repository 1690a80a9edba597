"""Remember what never changes: a published version, a parameter revision, a calendar edition."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from typing import ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from models import db

P = ParamSpec("P")
R = TypeVar("R")


def per_database(size: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Cache the last `size` answers of a function of hashable arguments, apart for each database."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        answers: WeakKeyDictionary[Engine, OrderedDict[Hashable, R]] = WeakKeyDictionary()

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
