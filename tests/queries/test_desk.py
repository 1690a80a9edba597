"""The supervision desk: what is late, about to be late, sent back or put off often, under supervision."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from errors import NotFound
from models import SYSTEM, Case, Clue, session
from operations.acts.notices import mark_notices_read
from operations.acts.tasks import send_message
from operations.acts.urging import urge_case
from operations.gate.instances import start_process
from operations.house.deployments import deploy
from operations.ticking.clock import tick
from queries.boxes.counts import counts
from queries.boxes.inbox import inbox
from queries.lists.clue_store import clue_store
from queries.lists.desk import desk
from tests.people import holder_of
from tests.queries import watched
from tests.queries.conftest import do, open_task
from tests.statements import statements

SUPERVISOR, OFFICE, HEAD = "supervision_office:supervisor", "task_force:dispatcher", "task_force:head"
LIAISON, HANDLER = "natural_resources:liaison", "natural_resources:handler"
ELSEWHERE = ["tz_efficiency:supervisor", "xx_supervision:supervisor", "yl_discipline:discipline_officer"]


@pytest.fixture
def watch(county, clock):
    """Begin a case of the flow that may be put off, given back and supervised."""
    deploy("watched", watched.FILES)

    def begin(title: str = "办不成证") -> Case:
        case = start_process("watched", {}, by=SYSTEM).instance.case
        case.title, case.lead_org = title, "natural_resources"
        session.commit()
        return case

    return begin


@pytest.fixture
def wait(clock):
    def until_later(**delta):
        clock.now += timedelta(**delta)
        tick()

    return until_later


def on(tab, by=SUPERVISOR):
    return [row.title for row in desk(holder_of(by), tab).rows]


def ask(case, event):
    send_message(open_task(case, "办理").id, event, {"why": "材料多"}, by=holder_of(HANDLER))


def test_what_is_late_stands_with_who_is_to_act_and_by_how_many_working_days(watch, wait):  # C-07
    watch()
    assert on("late") == []
    wait(days=11)
    [late] = [row for row in desk(holder_of(SUPERVISOR)).rows if row.due.name == "办理"]
    assert late.due.light.color == "red"
    assert late.due.light.words == "逾期2个工作日"
    assert late.due.whose == "县自然资源局经办人"
    assert late.lead_org == "县自然资源局"


def test_what_is_late_longest_comes_first(watch, wait):
    watch("先来的")
    wait(days=1)
    watch("后来的")
    wait(days=12)
    assert on("late") == ["先来的", "后来的"]


@pytest.mark.parametrize(("days", "found"), [(0, False), (5, True), (6, True), (8, False)])
def test_about_to_be_late_is_what_the_light_table_warns_of(watch, wait, days, found):  # C-07
    watch()
    wait(days=days)
    rows = [row for row in desk(holder_of(SUPERVISOR), "soon").rows if row.due.name == "办理"]
    assert bool(rows) is found
    assert all(row.due.light.color in ("blue", "yellow") for row in rows)


@pytest.mark.parametrize(("event", "tab"), [("give_back", "returned"), ("extend_it", "extended")])
def test_twice_is_often_as_in_the_bulletins(watch, event, tab):  # TZ-19, XX-18
    once, twice = watch("一次"), watch("两次")
    ask(once, event)
    for _ in range(2):
        ask(twice, event)
    [row] = desk(holder_of(SUPERVISOR), tab).rows
    assert (row.title, row.times) == ("两次", 2)
    assert row.due.name == "办理"


def test_a_closed_case_is_on_no_list(watch, wait):
    case = watch()
    for _ in range(2):
        ask(case, "give_back")
    wait(days=11)
    do(case, "办理", result="已办")
    do(case, "督办并记反馈", result="已办")
    session.refresh(case)
    assert case.closed_at
    assert [on(tab) for tab in ("late", "soon", "returned", "extended", "ordered")] == [[]] * 5


def test_an_order_says_when_it_is_to_be_answered_and_whether_the_unit_has_read_it(watch, wait, clock):
    watch()
    wait(days=11)
    [row] = desk(holder_of(SUPERVISOR), "ordered").rows
    [step] = row.ladder
    assert (step.name, step.is_running, step.read_at) == ("督办单〔2026〕1号", True, None)
    assert step.due_at.date().isoformat() == "2026-03-30"
    mark_notices_read(by=holder_of(LIAISON))
    [row] = desk(holder_of(SUPERVISOR), "ordered").rows
    assert row.ladder[0].read_at == clock.now
    assert row.mine[1] == "督办并记反馈"


def test_an_answered_order_stands_down(watch, wait):
    case = watch()
    wait(days=11)
    assert on("ordered") == ["办不成证"]
    do(case, "办理", result="已办")
    assert on("ordered") == []


def test_an_order_left_unanswered_ends_in_a_clue_that_only_its_post_reads_of(watch, wait):  # XT-20
    watch()
    wait(days=11)
    wait(days=8)
    [late] = [row for row in desk(holder_of(SUPERVISOR)).rows if row.due.name == "办理"]
    assert [step.name for step in late.ladder] == ["督办单〔2026〕1号", "问责线索"]
    assert late.ladder[0].over == "03-31 到期未反馈"
    [late] = desk(holder_of(HEAD)).rows
    assert [step.name for step in late.ladder] == ["督办单〔2026〕1号"]


def test_a_confidential_limit_is_on_the_list_of_those_only_who_keep_clues(watch, wait):  # XT-20
    watch()
    wait(days=11)
    wait(days=8)
    wait(days=8)
    names = {post: {row.due.name for row in desk(holder_of(post)).rows} for post in (SUPERVISOR, HEAD)}
    assert names == {SUPERVISOR: {"办理", "决定是否移送"}, HEAD: {"办理"}}


def test_urging_by_hand_shows_on_the_desk(watch, wait):
    case = watch()
    wait(days=11)
    [before] = desk(holder_of(HEAD)).rows
    assert before.may_urge
    urge_case(case.id, {}, by=holder_of(HEAD))
    [row] = desk(holder_of(HEAD)).rows
    assert row.ladder[-1].name.endswith("催办")


@pytest.mark.parametrize("post", [*ELSEWHERE, LIAISON, OFFICE])
def test_nobody_but_the_supervisors_of_its_county_finds_a_case_here(watch, wait, post):
    case = watch()
    for event in ("give_back", "extend_it") * 2:
        ask(case, event)
    wait(days=11)
    assert [on(tab, post) for tab in ("late", "soon", "returned", "extended", "ordered")] == [[]] * 5


def test_another_tab_is_not_found(county, clock):
    with pytest.raises(NotFound):
        desk(holder_of(SUPERVISOR), "nothing")


@pytest.mark.parametrize("tab", ["late", "returned"])
def test_reading_on_shows_every_case_once(watch, wait, tab):
    for number in range(5):
        case = watch(f"第{number}件")
        for _ in range(2):
            ask(case, "give_back")
    wait(days=8)
    titles, after = [], None
    while True:
        page = desk(holder_of(HEAD), tab, after, limit=2)
        titles += [row.title for row in page.rows]
        after = page.next
        if not after:
            break
    assert sorted(titles) == [f"第{number}件" for number in range(5)]


@pytest.mark.parametrize("tab", ["late", "returned", "ordered"])
def test_a_page_costs_as_many_statements_with_many_rows_as_with_few(watch, wait, tab):
    somebody = holder_of(SUPERVISOR)

    def cost():
        desk(somebody, tab)  # what is read once and kept
        with statements() as asked:
            assert desk(somebody, tab).rows
        return len(asked)

    def late_case():
        case = watch()
        for _ in range(2):
            ask(case, "give_back")

    late_case()
    wait(days=8)
    few = cost()
    for _ in range(6):
        late_case()
    wait(days=8)
    assert cost() == few


def clue_of(watch, wait):
    case = watch()
    wait(days=11)
    wait(days=8)
    return case


def test_the_store_tells_of_a_clue_and_of_what_people_decided(watch, wait):  # XT-20
    case = clue_of(watch, wait)
    [row] = clue_store(holder_of(SUPERVISOR)).rows
    assert (row.unit, row.reason, row.summary, row.state) == ("县自然资源局", "督办仍未办理", "经办拖延", "待决定")
    [step] = row.decisions
    assert (step.name, step.who, step.at) == ("决定是否移送", "县政府督查室督查员", None)
    do(case, "决定是否移送", transfer="no")
    [row] = clue_store(holder_of(SUPERVISOR)).rows
    assert row.state == "已有决定"
    assert row.decisions[0].said == "不移送"


def test_a_decision_stands_with_the_clue_it_is_about_and_with_no_other_of_the_case(watch, wait):  # CA-12
    case = clue_of(watch, wait)
    session.add(Clue(case_id=case.id, org="natural_resources", reason="假称", summary="", raised_at=case.created_at))
    session.commit()
    states = {row.reason: row.state for row in clue_store(holder_of(SUPERVISOR)).rows}
    assert states == {"督办仍未办理": "待决定", "假称": "已登记"}


@pytest.mark.parametrize("post", [LIAISON, HANDLER, "natural_resources:leader", OFFICE, HEAD, *ELSEWHERE])
def test_the_store_is_empty_for_everybody_else(watch, wait, post):  # XT-20
    clue_of(watch, wait)
    assert clue_store(holder_of(post)).rows == []


def test_who_keeps_clues_meets_none_about_a_unit_of_their_own(watch, wait):  # XT-20
    case = clue_of(watch, wait)
    session.scalars(select(Clue).where(Clue.case_id == case.id)).one().org = "supervision_office"
    session.commit()
    assert clue_store(holder_of(SUPERVISOR)).rows == []
    assert all(step.name != "问责线索" for row in desk(holder_of(SUPERVISOR)).rows for step in row.ladder)


def test_the_unit_concerned_counts_no_task_of_the_clue(watch, wait):  # XT-20
    clue_of(watch, wait)
    leader = holder_of("natural_resources:leader")
    assert counts(leader)["all"] == 0
    assert [row.task_name for row in inbox(leader, "unit").rows] == ["办理"]


def test_clues_are_read_on_a_page_at_a_time(watch, wait):
    for _ in range(3):
        watch()
    wait(days=11)
    wait(days=8)
    first = clue_store(holder_of(SUPERVISOR), limit=2)
    rest = clue_store(holder_of(SUPERVISOR), first.next, limit=2)
    assert [len(first.rows), len(rest.rows), rest.next] == [2, 1, None]
