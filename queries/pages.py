"""One page of a long list, and where the next one begins."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, TypeVar

T = TypeVar("T")
MAX_DIGITS = 10  # of a numbered row's id in a link


@dataclass(frozen=True)
class Page(Generic[T]):
    """`next` is handed back as `after` to read on; None at the end."""

    rows: Sequence[T]
    next: str | None


def read_mark(after: str | None) -> tuple[datetime, str] | None:
    """Where a page begins, from a link: a moment and an id. A link that was tampered with starts at the top."""
    text, _, last = (after or "").partition("|")
    moment = read_moment(text)
    return (moment, last) if moment else None


def read_moment(text: str) -> datetime | None:
    """A moment from a link; None for what is none."""
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def read_numbered_mark(after: str | None) -> tuple[datetime, int] | None:
    """The same where ids are numbers."""
    mark = read_mark(after)
    return (mark[0], int(mark[1])) if mark and mark[1].isdecimal() and len(mark[1]) < MAX_DIGITS else None


def read_id(after: str | None) -> int:
    """Where a page begins that goes by ids alone, from a link; one that was tampered with begins at the top."""
    return int(after) if after and after.isdecimal() and len(after) < MAX_DIGITS else 0


def page_of(rows: Sequence[T], limit: int, mark: Callable[[T], str]) -> Page[T]:
    """A page from `limit + 1` rows read: the extra row only says that there is more."""
    shown = rows[:limit]
    return Page(shown, mark(shown[-1]) if len(rows) > limit else None)
