"""Other cases of the county in their hundred thousands: rows only, inserted with executemany."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert, select

from benchmarks.county import MORNING, settle
from models import Base, Case, Post, ProcessDefinition, ProcessInstance, Task, Timer, session, transactional
from models.task import OPEN

BATCH = 5_000
FIRST = 10_000_000  # ids of these rows, far from those of real cases
YEAR = 250 * 24 * 60  # minutes

Row = dict[str, Any]


def add_cases(number: int) -> None:
    """Cases and their instances; their state is never read."""
    definition = session.scalars(select(ProcessDefinition.id)).first()
    state = bytes(350)
    insert_rows(
        Case,
        number,
        lambda i: {
            "id": FIRST + i,
            "flow": "rework",
            "flow_name": "反复办理",
            "title": f"事项{i}",
            "status": "in_progress",
            "channel": "",
            "registered_by": "",
            "confidential": False,
            "created_at": MORNING,
            "parameter_revision": 1,
        },
    )
    insert_rows(
        ProcessInstance,
        number,
        lambda i: {
            "id": FIRST + i,
            "case_id": FIRST + i,
            "definition_id": definition,
            "state": state,
            "passed": {},
            "started_at": MORNING,
            "attempts": 0,
            "revision": 1,
        },
    )


def add_open_tasks(number: int) -> None:
    """Spread over all posts and a year of due times."""
    posts = list(session.scalars(select(Post.key)))
    random = Random(7)

    def row(i: int) -> Row:
        post = random.choice(posts)
        return {
            "id": f"{i:032x}",
            "instance_id": FIRST + i,
            "case_id": FIRST + i,
            "element": "handle",
            "name": "办理",
            "form": "F.handle",
            "post": post,
            "inbox_key": post,
            "state": OPEN,
            "due_at": _due(random),
            "deadline_key": "handle",
            "confidential": False,
            "created_at": MORNING,
            "revision": 1,
        }

    insert_rows(Task, number, row)
    settle()


def add_timers(number: int) -> None:
    """Waiting, all due after what will be fired."""
    random = Random(7)
    insert_rows(
        Timer,
        number,
        lambda i: {
            "id": f"{i:032x}",
            "instance_id": FIRST + i,
            "element": "late",
            "deadline_key": "handle",
            "due_at": _due(random) + timedelta(days=365),
        },
    )
    settle()


def _due(random: Random) -> datetime:
    return MORNING + timedelta(minutes=random.randrange(YEAR))


@transactional
def insert_rows(model: type[Base], number: int, row: Callable[[int], Row]) -> None:
    for start in range(0, number, BATCH):
        rows = [row(i) for i in range(start, min(start + BATCH, number))]
        session.connection().execute(insert(model.__table__), rows)  # type: ignore[arg-type]
