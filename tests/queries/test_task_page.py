"""Opening a task reads its case once: what the form starts with, the deadlines and the story share what was read."""

from collections import Counter

from benchmarks.measure import statements
from models import db
from queries.case.tasks import task_page
from tests.people import holder_of
from tests.queries.conftest import do, open_task


def reads_of_page(task):
    """How often each table is the first that a statement names."""
    by = holder_of(task.post.removeprefix("post:"))
    with statements(db.engine) as seen:
        page = task_page(task.id, by)
        assert page.file.timeline
        assert page.file.deadlines is not None
        assert page.file.sheets is not None
    return Counter(text.split("FROM ")[1].split()[0] for text in seen.texts)


def test_no_row_of_the_case_is_read_twice(begin):
    reads = reads_of_page(open_task(begin(), "办理"))
    assert reads["process_instance"] == reads["deadline"] == reads["submission"] == reads["history_event"] == 1


def test_a_case_with_more_behind_it_costs_no_more_statements(begin):
    case = begin()
    reads_of_page(open_task(case, "研究线索"))  # what is read once and kept
    before = reads_of_page(open_task(case, "研究线索"))
    do(case, "办理", result="已办")
    assert reads_of_page(open_task(case, "研究线索")) == before
