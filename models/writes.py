"""Rows that a step will write, gathered: each kind then goes to the database at once, however many cases it is of."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Insert, insert

from models.db import Base, session
from models.trips import Answer, Asked, Row, Statement, Trip, one_trip


class Writes:
    """In the order in which each kind was first asked for."""

    def __init__(self) -> None:
        self._rows: dict[tuple[Statement, *tuple[str, ...]], list[Row]] = {}

    def add(self, model: type[Base], **values: Any) -> None:
        """A new row."""
        self.change(_insert(model), **values)

    def change(self, statement: Statement, **values: Any) -> None:
        """One run of a statement, with these values of its parameters."""
        self._rows.setdefault((statement, *values), []).append(values)

    def send(self, *questions: Asked) -> list[Answer]:
        """Write it all, then ask, in the same trip.

        Raises AlreadyChanged when a row that was to be changed is not there as it was read (P2).
        """
        with one_trip(session.connection()) as trip:
            for (statement, *_), rows in self._rows.items():
                send_rows(trip, statement, rows)
            answers = [trip.ask(*question) for question in questions]
        self._rows.clear()
        return [answer() for answer in answers]


def send_rows(trip: Trip, statement: Statement, rows: Sequence[Row]) -> None:
    """Here tests let the process die between two kinds of row."""
    trip.send(statement, rows)


@cache
def _insert(model: type[Base]) -> Insert:
    return insert(model.__table__).inline()  # type: ignore[arg-type]
