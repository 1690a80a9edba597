"""回头看: closed cases drawn by lot, and what was found when they were looked at again."""

import hashlib
from datetime import timedelta

import pytest
from sqlalchemy import select

from errors import InvalidForm, MessageNotAccepted, NotAllowed, NotFound
from models import CaseUnit, Recheck, RecheckDraw, Task, broken_links, session
from operations.acts.rechecks import closed_cases, draw_rechecks, lot, record_finding
from operations.acts.tasks import complete_task
from operations.house.deployments import deploy
from operations.public.portal import submit_online
from operations.public.visitors import Visitor
from queries.case.cases import case_file
from queries.lists.rechecks import draw_page, draws
from tests.people import another_holder_of, holder_of
from tests.portal_flow import FILES as PORTAL

SUPERVISOR, ELSEWHERE = "supervision_office:supervisor", "tz_efficiency:supervisor"
MARCH = {"since": "2026-03-01", "until": "2026-03-12", "number": "3"}


@pytest.fixture
def closed(start, clock):
    """So many cases that somebody has registered and that were closed just now."""

    def make(number: int = 1, **columns):
        made = []
        for _ in range(number):
            case = start().case
            case.closed_at, case.channel = clock.now, "window"
            for column, value in columns.items():
                setattr(case, column, value)
            session.commit()
            made.append(case.id)
        return made

    return make


def draw(by=SUPERVISOR, request=None, **values):
    return draw_rechecks(MARCH | values, by=holder_of(by), request=request)


def drawn(draw_id):
    rows = select(Recheck).where(Recheck.draw_id == draw_id).order_by(Recheck.place)
    return [row.case_id for row in session.scalars(rows)]


def say(recheck_id, by=SUPERVISOR, **values):
    return record_finding(recheck_id, {"finding": "untrue", "words": "电话核实，证没有办成"} | values, by=holder_of(by))


def test_so_many_of_the_closed_cases_are_drawn_each_once(closed):
    cases = closed(8)
    found = drawn(draw())
    assert len(found) == len(set(found)) == 3
    assert set(found) < set(cases)


def test_where_there_are_fewer_all_of_them_are_drawn(closed):
    cases = closed(2)
    assert sorted(drawn(draw(number="10"))) == cases


def test_with_the_seed_anybody_draws_the_same_again(closed):
    closed(8)
    row = session.get_one(RecheckDraw, draw())
    again = closed_cases(row.unit, row.since, row.until)
    assert row.total == len(again) == 8
    assert lot(row.seed, reversed(again))[:3] == drawn(row.id)
    by_hand = sorted(again, key=lambda case: hashlib.sha256(f"{row.seed}:{case}".encode()).hexdigest())
    assert by_hand[:3] == drawn(row.id)


def test_another_moment_is_another_lot(closed, clock):
    closed(30)
    lots = set()
    for _ in range(5):
        clock.now += timedelta(seconds=1)
        lots.add(tuple(drawn(draw())))
    assert len(lots) > 1


def test_only_cases_closed_on_these_days_take_part(closed, clock):
    [before] = closed()
    clock.now += timedelta(days=1)
    [on_the_day] = closed()
    clock.now += timedelta(days=1)
    closed()
    assert drawn(draw(since="2026-03-13", until="2026-03-13")) == [on_the_day]
    assert sorted(drawn(draw(until="2026-03-13"))) == [before, on_the_day]


def test_open_cases_and_what_the_calendar_began_take_no_part(closed, start):
    start()
    closed(channel="")
    [only] = closed()
    assert drawn(draw()) == [only]


def test_what_people_handed_in_themselves_takes_part(start):
    start()  # it brings the lights along
    deploy("xt_open", PORTAL)
    typed = {"title": "跑了四次没办成", "reporter_name": "欧阳锋", "reporter_phone": "10000000777"}
    case = submit_online("xt_open", typed, [], Visitor("203.0.113.7", "t1"))
    for values in ({"title": case.title, "kind": "政务服务"}, {"public_reply": "已经办好"}):
        task = session.scalars(select(Task).where(Task.case_id == case.id, Task.state == "open")).one()
        complete_task(task.id, values, by=holder_of(task.post.removeprefix("post:")))
    assert drawn(draw()) == [case.id]


def test_a_draw_stays_within_its_county(closed):
    [here, there] = closed(2)
    for row in session.scalars(select(CaseUnit).where(CaseUnit.case_id == there)).all():
        session.delete(row)
    session.add(CaseUnit(case_id=there, unit="tz_efficiency", role="office"))
    session.commit()
    assert drawn(draw()) == [here]
    assert drawn(draw(by=ELSEWHERE)) == [there]
    assert [row.unit for row in session.scalars(select(RecheckDraw).order_by(RecheckDraw.id))] == [
        "supervision_office",
        "tz_efficiency",
    ]
    assert len(draws(holder_of(SUPERVISOR)).rows) == 1


def test_a_draw_of_another_county_is_not_found(closed):
    closed()
    draw_id = draw()
    with pytest.raises(NotFound):
        draw_page(draw_id, holder_of(ELSEWHERE))
    with pytest.raises(NotFound):
        say(draw_page(draw_id, holder_of(SUPERVISOR)).rows[0].id, by=ELSEWHERE)


@pytest.mark.parametrize("post", ["task_force:dispatcher", "natural_resources:leader"])
def test_who_does_not_supervise_draws_nothing_and_says_nothing(closed, post):
    closed()
    with pytest.raises(NotAllowed, match="只有督查岗位"):
        draw(by=post)
    row = draw_page(draw(), holder_of(SUPERVISOR)).rows[0]
    with pytest.raises(NotFound):
        say(row.id, by=post)


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"since": "2026-03-13"}, "since", "不能晚于今天"),
        ({"since": "2026-03-12", "until": "2026-03-01"}, "until", "不能早于"),
        ({"since": "2025-01-01"}, "until", "一年内"),
        ({"since": ""}, "since", "必填"),
        ({"number": "0"}, "number", "不能小于 1"),
        ({"number": "101"}, "number", "不能大于 100"),
        ({"number": "2.5"}, "number", "整数"),
        ({"since": "2026-02-01", "until": "2026-02-02"}, "", "没有办结的事项"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_words(closed, wrong, field, words):
    closed()
    with pytest.raises(InvalidForm) as error:
        draw(**wrong)
    assert words in error.value.problems[field]
    assert session.scalars(select(RecheckDraw)).all() == []


def test_a_double_click_draws_once(closed):  # P3
    closed(3)
    assert draw(request="r1") == draw(request="r1")
    assert len(session.scalars(select(RecheckDraw)).all()) == 1


def test_what_was_found_stands_in_the_history_of_the_case(closed):  # C-02
    [case] = closed()
    say(draw_page(draw(), holder_of(SUPERVISOR)).rows[0].id)
    file = case_file(case, holder_of(SUPERVISOR))
    newest = file.timeline[0]
    assert newest.what == "回头看：不实"
    assert newest.details == ["核查情况：电话核实，证没有办成"]
    assert newest.who.endswith("（县政府督查室）")
    assert broken_links(file.instance_id) == []


def test_what_was_found_is_said_once(closed):
    closed()
    row = draw_page(draw(), holder_of(SUPERVISOR)).rows[0]
    say(row.id, finding="true")
    with pytest.raises(MessageNotAccepted, match="已经登记过"):
        record_finding(row.id, {"finding": "untrue", "words": "改"}, by=another_holder_of(SUPERVISOR))
    [page] = [draw_page(draw_id.id, holder_of(SUPERVISOR)) for draw_id in draws(holder_of(SUPERVISOR)).rows]
    assert (page.rows[0].finding, page.draw.said, page.draw.drawn) == ("属实", 1, 1)


@pytest.mark.parametrize("values", [{"finding": ""}, {"words": ""}, {"finding": "perhaps"}, {"words": "长" * 501}])
def test_half_a_finding_is_refused(closed, values):
    closed()
    row = draw_page(draw(), holder_of(SUPERVISOR)).rows[0]
    with pytest.raises(InvalidForm):
        say(row.id, **values)


def test_draws_are_listed_newest_first_a_page_at_a_time(closed, clock):
    closed()
    made = []
    for _ in range(3):
        clock.now += timedelta(seconds=1)
        made.append(draw())
    first = draws(holder_of(SUPERVISOR), limit=2)
    rest = draws(holder_of(SUPERVISOR), first.next, limit=2)
    assert [row.id for row in (*first.rows, *rest.rows)] == made[::-1]
