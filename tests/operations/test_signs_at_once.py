"""加签 when two act at the same moment: whoever had to wait for the case goes by what it says then (P2).

PostgreSQL reads again what it locks when it had to wait, and nothing else; SQLite lets nobody read meanwhile.
"""

import pytest
from sqlalchemy import select

from errors import InvalidForm
from models import HeldForm, broken_links, session
from models.task import HELD
from operations.acts.signing import take_back_form
from operations.acts.tasks import complete_task
from tests.faults.together import overtaken
from tests.operations.signs import HOUSING, ME, answer, ask, complete, owed, withdraw
from tests.people import holder_of


@pytest.fixture
def case(start, url):
    """办理 waits for the handler of 自然资源局."""
    if url.startswith("sqlite"):
        pytest.skip("SQLite has one lock")
    case = start()
    case.do("签收")
    return case


def completing(case):
    task, by = case.task("办理").id, holder_of(ME)
    session.commit()
    return lambda: complete_task(task, {"result": "办好了"}, by=by).task.state


@pytest.mark.parametrize("ended", [answer, withdraw])
def test_a_form_handed_in_just_when_the_last_sign_ends_completes_the_task(case, ended):
    sign = ask(case, "parallel")
    assert overtaken(completing(case), by=lambda: ended(sign)) == "completed"
    assert session.scalars(select(HeldForm)).all() == []
    assert case.events.count("completed 办理") == 1
    assert broken_links(case.id) == []


def test_a_form_handed_in_just_when_a_colleague_is_asked_first_is_refused(case):
    refused = overtaken(completing(case), by=lambda: ask(case, "before"))
    assert isinstance(refused, InvalidForm)
    assert "还在等县住房和城乡建设局经办人的意见" in refused.problems[""]
    assert (case.open_tasks, owed(HOUSING)) == (["办理"], [("前加签", "办理")])


def test_an_answer_just_when_the_form_is_handed_in_completes_the_task(case):
    sign = ask(case, "parallel")
    session.commit()
    overtaken(lambda: answer(sign), by=lambda: complete(case))
    assert case.open_tasks == []
    assert case.events.count("completed 办理") == 1


def test_an_answer_just_when_the_form_is_taken_back_completes_nothing(case):
    sign = ask(case, "parallel")
    complete(case)
    assert case.task("办理").asked == HELD
    session.commit()
    overtaken(lambda: answer(sign), by=lambda: take_back_form(case.task("办理").id, by=holder_of(ME)))
    assert case.open_tasks == ["办理"]
    assert session.scalars(select(HeldForm)).all() == []
