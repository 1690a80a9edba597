"""The list of cases: searched, narrowed, each with the light of its next deadline (C-07)."""

from datetime import timedelta

import pytest

from queries.boxes.inbox import inbox
from queries.lists.case_list import case_list, units_to_choose
from tests.people import holder_of
from tests.queries.conftest import do
from tests.statements import statements

DISPATCHER, SUPERVISOR = "task_force:dispatcher", "supervision_office:supervisor"


def titles(search="", **narrow):
    return {row.title for row in case_list(holder_of(DISPATCHER), search=search, **narrow).rows}


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("房产", {"老房产证面积不符", "房产过户 100%"}),
        ("房产 面积", {"老房产证面积不符"}),
        ("面积　房产", {"老房产证面积不符"}),
        ("房产 XT20260002", {"房产过户 100%"}),
        ("房产 路灯", set()),
        ("%", {"房产过户 100%"}),
        ("_", {"路灯_不亮"}),
        ("房%符", set()),
        ("xt20260001", {"老房产证面积不符"}),
        ("\\", set()),
        ("   ", {"老房产证面积不符", "房产过户 100%", "路灯_不亮"}),
    ],
)
def test_every_word_must_stand_in_the_number_or_the_title_as_it_was_typed(begin, search, found):
    begin(case_no="XT20260001", title="老房产证面积不符")
    begin(case_no="XT20260002", title="房产过户 100%")
    begin(case_no="XT20260003", title="路灯_不亮")
    assert titles(search) == found


def test_a_search_of_a_thousand_words_is_answered(begin):
    begin(title="老房产证面积不符")
    assert titles("面积 " * 1000) == {"老房产证面积不符"}


def test_the_list_is_narrowed_to_a_status_and_to_a_unit(begin):
    begin(title="甲", lead_org="housing", status="signed")
    begin(title="乙", lead_org="housing", status="archived")
    begin(title="丙", lead_org="natural_resources", status="signed")
    assert titles(status="signed") == {"甲", "丙"}
    assert titles(unit="housing") == {"甲", "乙"}
    assert titles(status="signed", unit="housing") == {"甲"}
    assert titles(status="nothing", unit="nobody") == set()
    assert "housing" in dict(units_to_choose(holder_of(DISPATCHER)))


def test_what_the_flow_marks_is_marked_in_the_inbox_and_in_the_list(begin):
    begin(title="甲", mark="紧急")
    begin(title="乙")
    for page in case_list(holder_of(DISPATCHER)), inbox(holder_of("natural_resources:handler")):
        assert {row.title: row.mark for row in page.rows} == {"甲": "紧急", "乙": ""}


def test_a_case_shines_in_the_colour_of_its_next_running_deadline(begin, clock):
    begin()
    [row] = case_list(holder_of(SUPERVISOR)).rows
    assert row.due.name == "研究线索"
    clock.now += timedelta(days=30)
    [row] = case_list(holder_of(SUPERVISOR)).rows
    assert row.due.light.color == "red"
    assert row.due.light.words.startswith("逾期")


def test_a_confidential_deadline_lights_nothing_for_those_who_may_not_know_of_it(begin):
    case = begin()
    [row] = case_list(holder_of(DISPATCHER)).rows
    assert row.due.name == "办理"
    do(case, "办理", result="已办")
    [row] = case_list(holder_of(DISPATCHER)).rows
    assert row.due is None


def test_a_page_costs_as_many_statements_with_many_rows_as_with_few(begin):
    def cost():
        with statements() as asked:
            case_list(somebody)
        return len(asked)

    begin()
    somebody = holder_of(DISPATCHER)
    case_list(somebody)  # what is read once and kept
    begin()
    few = cost()
    for _ in range(20):
        begin()
    assert cost() == few
