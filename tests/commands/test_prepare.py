"""`flask prepare`: several processes that start at once make one database."""

import multiprocessing
import os
from multiprocessing.synchronize import Barrier

from sqlalchemy import func, select

from app import create_app
from commands.serve import prepare
from models import CalendarEdition, Parameter, ParameterValue, ProcessDefinition, User, db, session
from tests.databases import Template, bound

PATIENCE = 120  # seconds, far more than it takes
AT_ONCE = 2

context = multiprocessing.get_context("forkserver")
context.set_forkserver_preload(["tests.commands.test_prepare"])


def _prepare(url: str, barrier: Barrier) -> None:
    app = create_app(DATABASE_URL=url, SECRET_KEY="test")
    with app.app_context():
        barrier.wait(PATIENCE)
        prepare(demo=False)
        session.remove()
        db.engine.dispose()
    os._exit(0)


def test_processes_that_start_together_make_one_database(template: Template):
    barrier = context.Barrier(AT_ONCE)
    with template.empty() as url:
        starting = [context.Process(target=_prepare, args=(url, barrier)) for _ in range(AT_ONCE)]
        for process in starting:
            process.start()
        for process in starting:
            process.join(PATIENCE)
            process.kill()
        assert [process.exitcode for process in starting] == [0] * AT_ONCE
        with bound(url):
            assert session.query(Parameter).count() == session.query(ParameterValue).count() > 100
            assert session.query(CalendarEdition).count() == 1
            versions = select(ProcessDefinition.key, func.count()).group_by(ProcessDefinition.key)
            assert set(dict(session.execute(versions).all()).values()) == {1}
            assert session.query(User).count() == 0
