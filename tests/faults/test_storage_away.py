"""A database that goes away: people are told in words, nothing is lost, nothing has to be started again."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from sqlalchemy import Connection, create_engine, event, make_url, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app import create_app
from errors import StorageBusy, StorageUnavailable
from models import ProcessInstance, db, session
from operations.acts.tasks import complete_task
from operations.gate.outbox import deliver_waiting
from operations.ticking.clock import tick
from operations.ticking.timers import fire_due_timers
from tests.databases import POSTGRES
from tests.faults import ledger
from tests.faults.conftest import CASES
from tests.faults.flow import HANDLER, SECRET, turn_clock
from tests.faults.invariants import violations
from tests.faults.test_killed_workers import LATE
from tests.people import holder_of

Away = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def county(url: str) -> Iterator[None]:
    """The real application, as it survives an outage."""
    app = create_app(DATABASE_URL=url, SECRET_KEY=SECRET, CLOCK=False)
    with app.app_context():
        if url.startswith("sqlite"):
            session.connection().exec_driver_sql("PRAGMA busy_timeout=100")
        yield
        session.remove()
        app.extensions["sqlalchemy"].engine.dispose()


@pytest.fixture
def away(url: str) -> Away:
    """The database is away for so long: the server refuses and drops everybody; the file is locked by another."""
    return lambda: _locked(url) if url.startswith("sqlite") else _refusing(url)


@contextmanager
def _locked(url: str) -> Iterator[None]:
    other = sqlite3.connect(make_url(url).database or "", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.close()


@pytest.fixture
def locked(url: str) -> Away:
    """Somebody else keeps what a step needs for longer than anybody waits."""
    return lambda: _locked(url) if url.startswith("sqlite") else _rows_locked(url)


@contextmanager
def _rows_locked(url: str) -> Iterator[None]:
    """As a county sets it, for the whole database; connections made from now on."""
    with _server() as server:
        server.execute(text(f"ALTER DATABASE \"{make_url(url).database}\" SET lock_timeout = '100ms'"))
    session.remove()
    db.engine.dispose()
    other = create_engine(url)
    with other.connect() as connection:
        connection.execute(select(ProcessInstance.id).with_for_update())
        yield
    other.dispose()


@contextmanager
def _server() -> Iterator[Connection]:
    server = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        yield connection
    server.dispose()


@contextmanager
def _refusing(url: str) -> Iterator[None]:
    name = make_url(url).database
    with _server() as connection:
        connection.execute(text(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false'))
        statement = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = :name"
        connection.execute(text(statement), {"name": name})
        yield
        connection.execute(text(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true'))


def test_people_are_told_and_can_do_it_again_when_it_is_back(open_tasks, sent, away):
    handler = holder_of(HANDLER)
    session.rollback()
    with away(), pytest.raises(StorageUnavailable, match="您填写的内容没有丢失，请稍后再试"):
        complete_task(open_tasks[0], {}, by=handler, request="r")
    assert complete_task(open_tasks[0], {}, by=handler, request="r").task.state == "completed"
    assert violations(sent, cases=CASES, completed=open_tasks[:1], settled=False) == []


def test_the_ticker_survives_and_does_afterwards_what_came_due_meanwhile(county, sent, away):
    turn_clock(LATE)
    with away():
        tick()
        with pytest.raises(StorageUnavailable):
            fire_due_timers()
    assert fire_due_timers() == CASES
    assert deliver_waiting(ledger.gateways(sent)) == CASES
    assert violations(sent, cases=CASES) == []


@pytest.mark.parametrize("where", ["in a handler", "at the end"])
def test_a_database_that_goes_away_in_a_step_leaves_it_whole_or_undone(open_tasks, sent, url, template, where):
    if template.backend == "sqlite":
        pytest.skip("a file does not go away")
    handler = holder_of(HANDLER)
    dropped = []

    def drop(during: Session) -> None:
        if not dropped and during.in_nested_transaction() == (where == "in a handler"):
            dropped.append(where)
            with _refusing(url):
                pass

    event.listen(session, "before_commit", drop)
    try:
        with pytest.raises(StorageUnavailable):
            complete_task(open_tasks[0], {}, by=handler, request="r")
    finally:
        event.remove(session, "before_commit", drop)
    assert dropped == [where]
    assert violations(sent, cases=CASES, settled=False) == []
    assert complete_task(open_tasks[0], {}, by=handler, request="r").task.state == "completed"
    assert violations(sent, cases=CASES, completed=open_tasks[:1], settled=False) == []


def test_a_database_that_others_keep_locked_is_busy_and_not_away(open_tasks, url, locked):
    handler = holder_of(HANDLER)
    session.rollback()
    with locked(), pytest.raises(StorageBusy, match="数据库正忙，这一步没有办成"):
        complete_task(open_tasks[0], {}, by=handler, request="r")
    assert complete_task(open_tasks[0], {}, by=handler, request="r").task.state == "completed"


def test_a_wrong_statement_is_our_mistake_and_not_called_an_outage(county):
    with pytest.raises(DBAPIError):
        session.execute(text("SELECT * FROM nowhere"))
