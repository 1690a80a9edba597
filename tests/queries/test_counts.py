"""How many tasks wait for a person, and how many have come since a page was made."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models import Task, session
from operations.acts.together import claim_each
from queries.boxes.counts import waiting
from queries.lights import lights_at
from tests.people import another_holder_of, holder_of
from tests.queries.conftest import open_task

HANDLER = "natural_resources:handler"
MOMENTS = [timedelta(hours=hours) for hours in range(-100, 24 * 15, 5)]


def test_the_bands_say_of_every_moment_what_its_light_says(begin, clock):  # C-07
    begin()
    light = lights_at()
    dues = [clock.now + moment for moment in MOMENTS] + [clock.now + timedelta(days=700)]
    for due in dues:
        assert light(due).color == next(color for color, until in light.bands() if due < until), due
    assert len({light(due).color for due in dues}) == 4


def test_the_words_name_the_worst_colour_first(begin, clock):
    for _ in range(2):
        begin()
    me = holder_of(HANDLER)
    assert (waiting(me).number, waiting(me).worst, waiting(me).words) == (2, "green", "2 项待办：正常 2")
    session.get_one(Task, open_task_of(me)).due_at = clock.now - timedelta(days=1)
    session.commit()
    assert (waiting(me).worst, waiting(me).words) == ("red", "2 项待办：逾期 1，正常 1")


def test_who_has_nothing_to_do_reads_so(begin):
    begin()
    nobody = waiting(holder_of("housing:handler"))
    assert (nobody.number, nobody.worst, nobody.words) == (0, "", "没有待办")


def test_what_the_flow_brings_is_new_even_when_as_much_has_gone(begin, clock):
    case, me, colleague = begin(), holder_of(HANDLER), another_holder_of(HANDLER)
    page = waiting(me)
    clock.now += timedelta(minutes=5)
    assert waiting(me, page.at, page.number).new == 0
    claim_each([open_task(case, "办理").id], by=colleague)
    begin()
    assert (waiting(me).number, waiting(me, page.at, page.number).new) == (1, 1)


def test_what_a_colleague_gives_back_is_new_although_it_is_old(begin, clock):
    case, me = begin(), holder_of(HANDLER)
    before = clock.now
    clock.now += timedelta(minutes=5)
    page = waiting(another_holder_of(HANDLER))
    assert open_task(case, "办理").created_at == before
    assert waiting(me, page.at, 0).new == 1


@pytest.mark.parametrize("had", [0, 1, 5])
def test_no_more_are_new_than_there_are(begin, clock, had):
    begin()
    me = holder_of(HANDLER)
    assert waiting(me, clock.now - timedelta(days=1), had).new == 1


def open_task_of(by) -> str:
    return session.scalars(select(Task.id).where(Task.inbox_key.in_(by.post_keys)).order_by(Task.id)).first() or ""
