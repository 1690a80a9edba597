"""草稿: what somebody has begun and not handed in, theirs alone."""

from datetime import timedelta

from operations.acts.drafts import save_registration_draft, save_task_draft
from operations.acts.tasks import claim_task
from operations.house.deployments import deploy
from queries.boxes.counts import counts
from queries.boxes.drafts import draft_box, drafts_of_task
from queries.case.tasks import task_page
from queries.receiving.intake import registration_page
from tests.people import another_holder_of, holder_of
from tests.queries.conftest import open_task
from tests.queries.test_pages import ODD_IDS, TAMPERED, all_pages
from tests.small_flow import form
from tests.statements import statements
from tests.web.flow import FILES

HANDLER, CLERK = "natural_resources:handler", "service_hall:window_clerk"


def names(by):
    return [(row.name, row.title) for row in draft_box(by).rows]


def test_the_box_holds_ones_own_drafts_the_last_saved_first(begin, clock):
    me, colleague = holder_of(HANDLER), another_holder_of(HANDLER)
    first, second = begin(title="甲"), begin(title="乙")
    for case in (first, second):
        save_task_draft(open_task(case, "办理").id, {"result": "一半"}, by=me)
        clock.now += timedelta(minutes=1)
    save_task_draft(open_task(first, "办理").id, {"result": "多一点"}, by=me)
    assert names(me) == [("办理", "甲"), ("办理", "乙")]
    assert (names(colleague), counts(colleague)["drafts"], counts(me)["drafts"]) == ([], 0, 2)
    row = draft_box(me).rows[0]
    assert (row.light.color, row.why, row.at) == ("green", "", clock.now)


def test_the_page_of_a_task_brings_only_its_readers_draft(begin):
    task, me, colleague = open_task(begin(), "办理"), holder_of(HANDLER), another_holder_of(HANDLER)
    save_task_draft(task.id, {"result": "一半"}, by=me)
    assert task_page(task.id, me).drafts[""].values == {"result": "一半"}
    assert task_page(task.id, colleague).drafts == {}
    assert drafts_of_task(task.id, colleague) == {}


def test_a_draft_one_cannot_go_on_with_says_why(begin):
    task, me, colleague = open_task(begin(title="甲"), "办理"), holder_of(HANDLER), another_holder_of(HANDLER)
    save_task_draft(task.id, {"result": "一半"}, by=me)
    claim_task(task.id, by=colleague)
    [row] = draft_box(me).rows
    assert (row.title, row.why) == ("甲", "同事已经认领了这个任务。")


def test_whose_post_it_is_no_longer_reads_nothing_of_the_case(begin):
    task, me = open_task(begin(title="甲", case_no="XT1"), "办理"), holder_of(HANDLER)
    save_task_draft(task.id, {"result": "一半"}, by=me)
    moved = type(me)(me.id, me.username, me.name, holder_of("housing:handler").posts)
    [row] = draft_box(moved).rows
    assert (row.name, row.title, row.case_no, row.flow_name, row.light) == ("办理", "", "", "", None)
    assert row.why == "这个任务已不由您的岗位办理。"


def test_a_registration_is_in_the_box_and_on_its_page(county, clock):
    deploy("small", FILES)
    clerk = holder_of(CLERK)
    save_registration_draft("small", {"title": "老房产证", "channel": ""}, by=clerk)
    [row] = draft_box(clerk).rows
    assert (row.flow, row.task_id, row.light, row.why) == ("small", "", None, "")
    assert registration_page("small", clerk).draft.values == {
        **{"title": "老房产证", "channel": "", "reporter_phone": None}
    }
    assert registration_page("small", another_holder_of(CLERK)).draft is None


def test_a_draft_of_an_older_edition_of_the_form_keeps_what_still_fits(county, clock):
    deploy("small", FILES)
    clerk = holder_of(CLERK)
    save_registration_draft("small", {"title": "老房产证", "reporter_phone": "138"}, by=clerk)
    phones = {"type": "textfield", "key": "number", "label": "号码"}
    newer = form(
        "F.register",
        {"type": "textfield", "key": "title", "label": "事项标题"},
        {"type": "dynamiclist", "path": "reporter_phone", "label": "联系电话", "components": [phones]},
    )
    deploy("small", FILES | {"F.register.form.json": newer})
    assert registration_page("small", clerk).draft.values == {"title": "老房产证", "reporter_phone": []}


def test_the_pages_of_the_box_hold_every_draft_once(begin, clock):
    me = holder_of(HANDLER)
    for number in range(5):
        save_task_draft(open_task(begin(title=str(number)), "办理").id, {}, by=me)
        clock.now += timedelta(minutes=number % 2)
    rows, lengths = all_pages(lambda after: draft_box(me, after, limit=2))
    assert sorted(row.title for row in rows) == ["0", "1", "2", "3", "4"]
    assert [row.at for row in rows] == sorted((row.at for row in rows), reverse=True)
    assert lengths == [2, 2, 1]


def test_a_link_that_was_tampered_with_begins_at_the_top(begin):
    me = holder_of(HANDLER)
    save_task_draft(open_task(begin(title="甲"), "办理").id, {}, by=me)
    for after in TAMPERED + [f"2026-03-12T09:00:00|{odd}" for odd in ODD_IDS]:
        assert [row.title for row in draft_box(me, after).rows] == ["甲"], after


def test_the_box_costs_two_statements_however_many_rows(begin):
    me = holder_of(HANDLER)
    for _ in range(8):
        save_task_draft(open_task(begin(), "办理").id, {}, by=me)
    draft_box(me)  # what is read once and kept
    with statements() as asked:
        assert len(draft_box(me).rows) == 8
    assert len(asked) == 2
