"""A county to measure in: databases with its organisation, the flow of rework deployed, and people at work."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from benchmarks.flows import REWORK_FILES
from config import ZONE
from models import SYSTEM, Identity, ProcessInstance, Task, User, db, session, transactional
from models.task import OPEN
from operations.gate.instances import start_process
from operations.house.deployments import deploy
from reference.people import identity_of
from tests.databases import BACKENDS, PASSWORD, Template, bound

__all__ = ["BACKENDS", "MORNING", "PASSWORD", "WORKER", "county", "database", "open_task", "start_cases", "worker"]

MORNING = datetime(2026, 3, 12, 9, tzinfo=ZONE)
WORKER = "ziran"  # holds both posts of the flow of rework


@contextmanager
def database(backend: str, folder: Path) -> Iterator[str]:
    """The address of a fresh county, gone afterwards."""
    template = Template(backend, folder)
    try:
        with template.copy() as url:
            with bound(url):
                deploy("rework", REWORK_FILES)
            yield url
    finally:
        template.close()


@contextmanager
def county(backend: str, folder: Path) -> Iterator[None]:
    """A fresh county, and the session bound to it."""
    with database(backend, folder) as url, bound(url):
        yield


def worker() -> Identity:
    return identity_of(session.scalars(select(User).where(User.username == WORKER)).one())


@transactional
def start_cases(number: int) -> list[int]:
    """Ids of new instances of the flow of rework, each before its first task."""
    started = []
    for _ in range(number):
        started.append(start_process("rework", {}, by=SYSTEM).instance.id)
        session.flush()
        session.expunge_all()
    return started


def open_task(instance_id: int) -> str | None:
    """The id of the case's open task."""
    mine = (Task.instance_id == instance_id) & (Task.state == OPEN)
    return session.scalar(select(Task.id).where(mine))


def state_of(instance_id: int) -> bytes:
    return session.scalars(select(ProcessInstance.state).where(ProcessInstance.id == instance_id)).one()


def settle() -> None:
    """Let PostgreSQL know what was inserted in bulk, as it would by itself; SQLite is never told. Ends the reading
    transaction.
    """
    session.rollback()
    if db.engine.dialect.name == "sqlite":
        return
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")
