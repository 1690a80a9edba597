"""A worker on a node whose clock is wrong: python -m tests.faults.wrong_clock SECONDS URL SENT.

Every clock of Python is shifted before anything else is imported, SpiffWorkflow's included.
"""

import datetime as clock
import sys
import time
from datetime import UTC, date, datetime, timedelta, tzinfo

WRONG = timedelta(seconds=float(sys.argv[1]))
_time = time.time


class _AsReal(type):
    """The real values are still what they were."""

    def __instancecheck__(cls, value: object) -> bool:
        return isinstance(value, cls.__mro__[1])


class WrongDatetime(datetime, metaclass=_AsReal):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return datetime.now(tz) + WRONG

    @classmethod
    def utcnow(cls) -> datetime:  # type: ignore[override]
        return datetime.now(UTC).replace(tzinfo=None) + WRONG


class WrongDate(date, metaclass=_AsReal):
    @classmethod
    def today(cls) -> date:  # type: ignore[override]
        return WrongDatetime.now(UTC).date()


clock.datetime, clock.date = WrongDatetime, WrongDate  # type: ignore[misc]
time.time = lambda: _time() + WRONG.total_seconds()


def main() -> None:
    from pathlib import Path

    from models import seal_with
    from operations.gate.outbox import deliver_waiting
    from operations.ticking.timers import fire_due_timers
    from tests.databases import bound
    from tests.faults.flow import SECRET
    from tests.faults.ledger import gateways

    seal_with(SECRET)
    with bound(sys.argv[2]):
        fire_due_timers()
        deliver_waiting(gateways(Path(sys.argv[3])))


main()
