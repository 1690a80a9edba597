"""The database's clock is the only clock (P9): processes on several machines then agree what is due.

Two things may move it, and neither exists in production: the demonstration's time machine, a row that only
`flask demo` creates, and a virtual clock around a scenario or a test.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, literal_column, select
from sqlalchemy.orm import Mapped, mapped_column

from models.db import Base, session

_SQLITE: ColumnElement[Any] = literal_column("strftime('%Y-%m-%d %H:%M:%f', 'now')")
_OTHER: ColumnElement[Any] = literal_column("timezone('UTC', now())")


class ClockShift(Base):
    """How far the demonstration's clock runs ahead. No row: no time machine."""

    __tablename__ = "clock_shift"

    id: Mapped[int] = mapped_column(primary_key=True)
    seconds: Mapped[int] = mapped_column(default=0)


class VirtualClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime):
        self.now = now


_virtual: ContextVar[VirtualClock | None] = ContextVar("virtual_clock", default=None)


@contextmanager
def virtual_clock(start: datetime) -> Iterator[VirtualClock]:
    clock = VirtualClock(start)
    token = _virtual.set(clock)
    try:
        yield clock
    finally:
        _virtual.reset(token)


def now() -> datetime:
    """The moment of this transaction, aware, in UTC."""
    virtual = _virtual.get()
    return virtual.now if virtual else now_and()[0]


def now_and(*asked: ColumnElement[Any]) -> tuple[Any, ...]:
    """The moment of this transaction, and what else the same statement can tell."""
    connection = session.connection()
    moment, shift, *told = connection.execute(_asking(connection.dialect.name, asked)).one()
    return moment_of(moment, shift), *told


def clock_of(database: str) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """What a statement asks besides to know the moment too; moment_of() takes it. `database`: the dialect's name."""
    return _SQLITE if database == "sqlite" else _OTHER, select(ClockShift.seconds).scalar_subquery()


def moment_of(moment: str | datetime, shift: int | None) -> datetime:
    """The moment of this transaction, from the answers to clock_of()."""
    if virtual := _virtual.get():
        return virtual.now
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    return moment.replace(tzinfo=UTC) + timedelta(seconds=shift or 0)


@cache
def _asking(database: str, asked: tuple[ColumnElement[Any], ...]) -> Select[Any]:
    return select(*clock_of(database), *asked)
