"""The boxes of open tasks, narrowed by flow, colour and who has claimed them."""

from datetime import timedelta

import pytest

from errors import NotFound
from models import Case, session
from operations.acts.tasks import claim_task
from operations.gate.deadlines import NEVER
from queries.boxes.inbox import inbox
from queries.boxes.narrowing import HELD, Filter
from tests.people import another_holder_of, holder_of
from tests.queries.conftest import open_task
from tests.queries.test_pages import all_pages

HANDLER, LEADER = "natural_resources:handler", "natural_resources:leader"
DUE = {"red": timedelta(hours=-1), "yellow": timedelta(hours=2), "blue": timedelta(days=4), "green": timedelta(days=20)}


def cases(by, box="mine", **parts):
    return [row.case_id for row in inbox(by, box, only=Filter(**parts)).rows]


@pytest.fixture
def lit(begin, clock):
    """A case of each colour, by the colour."""
    made = {}
    for color in [*DUE, "none"]:
        made[color] = begin().id
        open_task(session.get_one(Case, made[color]), "办理").due_at = clock.now + DUE[color] if color in DUE else NEVER
        session.commit()
    return made


@pytest.mark.parametrize("box", ["mine", "unit"])
def test_a_colour_shows_the_rows_that_shine_in_it_and_no_others(lit, box):  # C-07
    me = holder_of(HANDLER)
    assert {row.case_id: row.light for row in inbox(me, box).rows} == {case: color for color, case in lit.items()}
    for color, case in lit.items():
        assert cases(me, box, light=color) == [case]


def test_a_task_due_this_very_moment_is_not_late_yet(lit, clock):
    me = holder_of(HANDLER)
    clock.now += DUE["yellow"]
    assert cases(me, light="yellow") == [lit["yellow"]]
    assert inbox(me, only=Filter(light="yellow")).rows[0].light == "yellow"


@pytest.mark.parametrize("box", ["mine", "unit"])
def test_what_nobody_has_claimed_and_what_i_have(begin, box):
    free, mine, theirs = begin(), begin(), begin()
    me, colleague = holder_of(HANDLER), another_holder_of(HANDLER)
    claim_task(open_task(mine, "办理").id, by=me)
    claim_task(open_task(theirs, "办理").id, by=colleague)
    assert cases(me, box, held="free") == [free.id]
    assert cases(me, box, held="me") == [mine.id]


@pytest.mark.parametrize("box", ["mine", "unit"])
def test_a_flow_shows_its_own_cases(begin, box):
    begin(), begin(flow="other")
    me = holder_of(HANDLER)
    [other] = cases(me, box, flow="other")
    assert session.get_one(Case, other).flow == "other"
    assert len(cases(me, box, flow="secret")) == 1
    assert cases(me, box, flow="gone") == []


@pytest.mark.parametrize(
    "parts", [{"light": "green"}, {"flow": "secret"}, {"held": "free"}, {"light": "green", "flow": "secret"}]
)
@pytest.mark.parametrize("box", ["mine", "unit"])
def test_the_pages_of_a_narrowed_box_hold_every_row_once_soonest_first(begin, clock, parts, box):
    wanted = []
    for number in range(7):
        case = begin(flow="other" if number == 3 else "secret")
        task = open_task(case, "办理")
        task.due_at = clock.now + timedelta(days=-1 if number == 5 else 20 + number % 2)
        wanted += [] if {3: "flow", 5: "light"}.get(number) in parts else [(task.due_at, task.id)]
        session.commit()
    me = holder_of(HANDLER)
    rows, lengths = all_pages(lambda after: inbox(me, box, after, 2, only=Filter(**parts)))
    assert [row.task_id for row in rows] == [id_ for _, id_ in sorted(wanted)]
    assert set(lengths[:-1]) == {2}


def test_whoever_may_not_know_of_a_clue_finds_it_by_no_filter(begin):  # XT-20
    case = begin()
    task = open_task(case, "办理")
    task.confidential = True
    session.commit()
    leader = holder_of(LEADER)
    for held in ("", *HELD):
        assert cases(leader, "unit", held=held, flow="secret") == []


@pytest.mark.parametrize("parts", [{"light": "purple"}, {"held": "them"}, {"light": "red' OR 1=1 --"}])
def test_there_is_no_other_colour_and_no_other_holder(begin, parts):
    begin()
    with pytest.raises(NotFound):
        inbox(holder_of(HANDLER), only=Filter(**parts))


def test_somebody_without_a_post_finds_nothing_by_a_filter(begin):
    begin()
    nobody = another_holder_of(HANDLER)
    nobody = type(nobody)(nobody.id, nobody.username, nobody.name)
    assert [cases(nobody, box, held=held) for box in ("mine", "unit") for held in HELD] == [[]] * 4
