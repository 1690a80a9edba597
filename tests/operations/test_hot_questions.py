"""SQLite plans a statement anew each time, where a parameter stands for the word in a partial index."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.dialects import sqlite

from models import Case
from models.deadline import RUNNING
from models.task import ASKED, LATER, OPEN
from operations.gate.deadlines import DeadlineBook
from operations.gate.known import question_of

MORNING = datetime(2026, 3, 12, 1, tzinfo=UTC)


@pytest.mark.parametrize("asked", [lambda: question_of(1), lambda: DeadlineBook(Case(id=1), MORNING).question])
def test_what_every_act_asks_names_states_by_their_words(asked):
    question, _ = asked()
    given = question.compile(dialect=sqlite.dialect()).params.values()
    assert not {OPEN, RUNNING, ASKED, LATER} & set(given)
