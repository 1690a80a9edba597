"""Long lists, a page at a time, and links that somebody has tampered with."""

from datetime import timedelta

import pytest

from queries.boxes.inbox import inbox
from queries.lists.case_list import case_list
from tests.people import holder_of
from tests.queries.conftest import do

DISPATCHER, HANDLER = "task_force:dispatcher", "natural_resources:handler"
TAMPERED = [
    "",
    "|",
    "x",
    "1",
    "2026-99-99|1",
    "2026-03-12T09:00:00+08:00",
    "0001-01-01T00:00:00+23:59|1",
    "9999-12-31T23:59:59-23:59|1",
    "' OR 1=1 --|' OR 1=1 --",
    "|" * 1000,
]
ODD_IDS = ["", "-1", "abc", "1e9", "٣", "9" * 4000, "' OR 1=1 --", "%00"]


def all_pages(ask):
    """Every row, page after page, and how long the pages were."""
    rows, lengths, page = [], [], ask(None)
    while True:
        rows += page.rows
        lengths.append(len(page.rows))
        if page.next is None:
            return rows, lengths
        page = ask(page.next)


def test_the_pages_of_the_list_hold_every_case_once_newest_first(begin, clock):
    made = [begin().id for _ in range(3)]
    clock.now += timedelta(hours=1)
    made += [begin().id for _ in range(2)]
    rows, lengths = all_pages(lambda after: case_list(holder_of(DISPATCHER), after, limit=2))
    assert [row.id for row in rows] == sorted(made, reverse=True)
    assert lengths == [2, 2, 1]


def test_a_list_that_just_fills_its_pages_has_no_empty_one(begin):
    for _ in range(4):
        begin()
    assert all_pages(lambda after: case_list(holder_of(DISPATCHER), after, limit=2))[1] == [2, 2]


@pytest.mark.parametrize("box", ["mine", "unit"])
def test_the_pages_of_an_inbox_hold_every_task_once_soonest_first(begin, clock, box):
    cases = [begin().id for _ in range(3)]
    clock.now += timedelta(days=4)
    cases += [begin().id for _ in range(2)]
    rows, lengths = all_pages(lambda after: inbox(holder_of(HANDLER), box, after, limit=2))
    assert sorted(row.case_id for row in rows) == cases
    assert [row.due_at for row in rows] == sorted(row.due_at for row in rows)
    assert {row.case_id for row in rows[:3]} == set(cases[:3])
    assert lengths == [2, 2, 1]


def test_the_pages_of_what_is_done_hold_every_task_once_newest_first(begin, clock):
    cases = []
    for _ in range(5):
        case = begin()
        do(case, "办理", result="已办")
        cases.append(case.id)
        clock.now += timedelta(minutes=1)
    rows, _ = all_pages(lambda after: inbox(holder_of(HANDLER), "done", after, limit=2))
    assert [row.case_id for row in rows] == cases[::-1]


def test_a_link_that_was_tampered_with_starts_at_the_top_or_at_least_tells_no_more(begin):
    case = begin()
    do(case, "办理", result="已办")
    begin()
    marks = [*TAMPERED, *(f"2026-03-12T09:00:00+08:00|{odd}" for odd in ODD_IDS)]
    for mark in marks:
        assert len(case_list(holder_of(DISPATCHER), mark).rows) <= 2, mark
        assert case_list(holder_of("housing:liaison"), mark).rows == [], mark
        for box in ("mine", "unit", "done"):
            assert len(inbox(holder_of(HANDLER), box, mark).rows) <= 1, mark
            assert inbox(holder_of("housing:handler"), box, mark).rows == [], mark
    for mark in TAMPERED[:-1]:
        if "|" not in mark or mark.startswith(("|", "2026-99", "0001", "9999", "'")):
            assert len(case_list(holder_of(DISPATCHER), mark).rows) == 2, mark
