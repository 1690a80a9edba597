"""A draft that nobody goes on with ends, and its writer has been told for a week."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from models import Draft, session
from operations.acts.drafts import save_task_draft
from operations.house.parameters import set_parameter
from operations.ticking.clock import STEPS
from operations.ticking.stale_drafts import drop_stale_drafts
from queries.boxes.drafts import draft_box, ending
from tests.people import admin, another_holder_of, holder_of

LIAISON = "natural_resources:liaison"
DAYS = 90


@pytest.fixture
def me(start, clock):
    """Somebody with a draft, saved a good while after the parameter was seeded."""
    clock.now += timedelta(days=400)
    by = holder_of(LIAISON)
    save_task_draft(start().task("签收").id, {"note": "一半"}, by=by)
    return by


def number():
    return session.scalar(select(func.count()).select_from(Draft))


def test_its_writer_is_told_from_a_week_before_and_nobody_else(me, clock):
    saved = clock.now
    clock.now = saved + timedelta(days=DAYS - 7, minutes=-1)
    assert (ending(me), draft_box(me).rows[0].ends_at) == (None, None)
    clock.now = saved + timedelta(days=DAYS - 7)
    assert ending(me) == draft_box(me).rows[0].ends_at == saved + timedelta(days=DAYS)
    assert ending(another_holder_of(LIAISON)) is None


def test_the_ticker_throws_it_away_after_its_last_day_and_not_before(me, clock):
    saved = clock.now
    clock.now = saved + timedelta(days=DAYS)
    assert drop_stale_drafts in STEPS
    assert (drop_stale_drafts(), number()) == (0, 1)
    clock.now += timedelta(minutes=1)
    assert (drop_stale_drafts(), number()) == (1, 0)


def test_one_that_is_saved_again_stays_as_long_again(me, clock):
    clock.now += timedelta(days=DAYS - 1)
    save_task_draft(draft_box(me).rows[0].task_id, {"note": "多一点"}, by=me)
    clock.now += timedelta(days=DAYS - 1)
    assert (drop_stale_drafts(), number()) == (0, 1)


def test_a_period_that_is_shortened_takes_nothing_away_untold(me, clock):
    clock.now += timedelta(days=60)
    set_parameter("draft.keep_days", 14, by=admin())
    assert drop_stale_drafts() == 0
    clock.now += timedelta(days=8)
    assert ending(me) is not None
    clock.now += timedelta(days=6, minutes=1)
    assert drop_stale_drafts() == 1
