"""What goes to PostgreSQL by libpq: in order, all at once, and what fails is told as psycopg tells it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from psycopg.errors import DataError, FeatureNotSupported, UniqueViolation
from psycopg.types.json import Jsonb
from sqlalchemy import make_url

from models.libpq import Known, Reply, pipeline
from tests.databases import POSTGRES

pytestmark = pytest.mark.skipif(not POSTGRES, reason="needs PostgreSQL")

INSERT = "INSERT INTO row_of_test (id, text) VALUES ($1, $2)"
ALL = "SELECT id, text FROM row_of_test ORDER BY id"


@pytest.fixture
def trips() -> Iterator["Trips"]:
    address = make_url(POSTGRES).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, prepare_threshold=None) as made:
        made.execute("CREATE TEMPORARY TABLE row_of_test (id integer PRIMARY KEY, text text)")
        made.commit()
        yield Trips(made)


class Trips:
    """On one connection."""

    def __init__(self, connection: "psycopg.Connection[Any]"):
        self.connection = connection
        self.known: Known = {}
        self.replies: list[Reply] = []

    def go(self, *steps: tuple[str, list[Any]]) -> list[Reply]:
        """All in one pipeline: statements, each with its rows."""
        self.replies = []
        with pipeline(self.connection, self.known) as way:
            for text, rows in steps:
                self.replies.append(way.execute(text, rows))
        return self.replies

    def rows(self) -> list[tuple[Any, ...]]:
        (found,) = self.go((ALL, [()]))
        return found.fetchall()


def test_what_is_asked_sees_what_was_sent_before_it_in_one_transaction(trips):
    counted = "SELECT count(*) FROM row_of_test WHERE text = $1"
    sent, found, last = trips.go((INSERT, [(1, "一"), (2, None)]), (ALL, [()]), (counted, [("没有",), ("一",)]))
    assert sent.rowcount == 2
    assert found.fetchall() == [(1, "一"), (2, None)]
    assert last.fetchall() == [(1,)]  # the answer to its last run
    trips.connection.rollback()
    assert trips.rows() == []


def test_values_of_every_kind_come_back_as_they_went(trips):
    at = datetime(2026, 9, 30, 23, 59, 59, tzinfo=UTC)
    kinds = {
        "int8": 2**40,
        "bool": False,
        "bytea": b"\0\xff'\\",
        "jsonb": {"答": "是"},
        "timestamptz": at,
        "text": "％",
    }
    question = "SELECT " + ", ".join(f"${place}::{kind}" for place, kind in enumerate(kinds, 1))
    values = [Jsonb(value) if isinstance(value, dict) else value for value in kinds.values()]
    (found,) = trips.go((question, [values]))
    assert found.fetchall() == [tuple(kinds.values())]


def test_what_fails_is_raised_and_nothing_after_it_is_carried_out(trips):
    deletion = "DELETE FROM row_of_test"
    with pytest.raises(UniqueViolation):
        trips.go((INSERT, [(1, "一")]), (INSERT, [(2, "二"), (2, "又")]), (deletion, [()]))
    assert [reply.rowcount for reply in trips.replies] == [1, -1, -1]
    trips.connection.rollback()
    assert deletion not in trips.known
    assert trips.rows() == []


def test_a_statement_is_made_known_once_and_outlives_a_rollback(trips):
    for _ in range(2):
        trips.go((INSERT, [(1, "一")]), (INSERT, [(2, "二")]))
        trips.connection.rollback()
    names = trips.connection.execute("SELECT name, statement FROM pg_prepared_statements").fetchall()
    assert names == [(trips.known[INSERT].decode(), INSERT)]


def test_a_value_that_cannot_be_sent_leaves_the_connection_as_usable_as_before(trips):
    with pytest.raises(DataError, match="NUL"):
        trips.go((INSERT, [(1, "一")]), (INSERT, [(2, "二"), (3, "\0")]))
    trips.connection.rollback()
    assert trips.rows() == []


def test_more_than_either_side_keeps_before_it_does_not_make_both_wait_for_each_other(trips):
    text = "长" * 1000
    found = trips.go(*[("SELECT $1::text", [(text,)])] * 5000)  # 15 MB there, 15 MB back
    assert {reply.fetchall()[0][0] for reply in found} == {text}


def test_a_connection_that_the_server_has_ended_says_so(trips):
    with psycopg.connect(trips.connection.info.dsn) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [trips.connection.info.backend_pid])
    with pytest.raises(psycopg.OperationalError):
        trips.rows()


def test_an_answer_that_cannot_be_read_is_told_and_the_connection_is_given_up(trips):
    with pytest.raises(DataError, match="infinity"):
        trips.go(("SELECT $1::timestamp", [("infinity",)]), ("SELECT 1", [()]))
    assert trips.connection.closed


def test_a_plan_that_fits_no_more_gives_the_connection_up(trips):
    trips.rows()
    trips.connection.execute("ALTER TABLE row_of_test ALTER text TYPE varchar(9)")
    with pytest.raises(FeatureNotSupported):
        trips.rows()
    assert trips.connection.closed
