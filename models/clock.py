"""The database's clock is the only clock (P9): processes on several machines then agree what is due.

Two things may move it, and neither exists in production: the demonstration's time machine, a row that only
`flask demo` creates, and a virtual clock around a scenario or a test.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

from sqlalchemy import text
from sqlalchemy.orm import Mapped, mapped_column

from models.db import Base, session

_SQLITE = text("SELECT strftime('%Y-%m-%d %H:%M:%f', 'now'), (SELECT seconds FROM clock_shift)")
_OTHER = text("SELECT timezone('UTC', now()), (SELECT seconds FROM clock_shift)")


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
    if virtual := _virtual.get():
        return virtual.now
    statement = _SQLITE if session.get_bind().dialect.name == "sqlite" else _OTHER
    moment, shift = session.connection().execute(statement).one()
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    return moment.replace(tzinfo=UTC) + timedelta(seconds=shift or 0)
