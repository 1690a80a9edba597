"""What can be reached step by step."""

from collections.abc import Callable, Container, Hashable, Iterable
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


def reached(begin: Iterable[T], steps: Callable[[T], Iterable[T]], without: Container[T] = ()) -> set[T]:
    """All that steps lead to from where one begins, that included; not `without`, nor what lies only behind it."""
    found: set[T] = set()
    waiting = list(begin)
    while waiting:
        here = waiting.pop()
        if here not in found and here not in without:
            found.add(here)
            waiting.extend(steps(here))
    return found
