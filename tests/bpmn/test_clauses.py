"""Each clause of the documents has its place, or a reason why software can't give it one."""

import re
from functools import cache

import pytest

from engine import Definition
from operations.house.folders import BPMN
from queries.house.clause_places import Place, adjustable, decided, drawn, ids_in, written
from queries.house.clauses import ENFORCES, Row, clause_rows
from reference.clauses import clauses, of_flow
from reference.parameters import READ_BY_CODE
from reference.seeds import seeded_parameters
from scenarios.clauses import tried_in_scenarios, tried_in_tests
from tests.bpmn.flows import FLOWS, definition


@cache
def flows() -> list[Definition]:
    return [definition(key) for key in FLOWS]


@cache
def places() -> list[Place]:
    read = READ_BY_CODE.union(*(flow.parameters for flow in flows()))
    parameters = adjustable(
        (each["key"], each["rule"], each["note"]) for each in seeded_parameters() if each["key"] in read
    )
    return [*drawn(flows()), *decided(flows()), *parameters, *written(), *tried_in_scenarios(), *tried_in_tests()]


@cache
def rows() -> dict[str, Row]:
    return {row.clause.id: row for row in clause_rows(places())}


@pytest.mark.parametrize("id_", clauses())
def test_every_clause_has_a_place_or_a_reason(id_):
    assert rows()[id_].places or rows()[id_].clause.reason


@pytest.mark.parametrize("id_", [id_ for id_ in clauses() if not clauses()[id_].reason])
def test_a_clause_without_a_reason_is_enforced_and_not_only_tried(id_):
    assert rows()[id_].of(*ENFORCES)


def test_a_reason_stands_only_where_nothing_enforces():
    assert [id_ for id_, row in rows().items() if row.clause.reason and not row.by_reason_only] == []


def test_every_id_that_something_names_is_a_clause():
    assert [(place, id_) for place in places() for id_ in place.clauses if id_ not in clauses()] == []


def test_every_id_on_a_pool_is_a_clause():
    """A pool is no element; what it names tells a reader what the whole drawing is about."""
    drawings = "".join(path.read_text(encoding="utf-8") for path in BPMN.rglob("*.bpmn"))
    named = set(" ".join(re.findall(r'name="clauses" value="([^"]*)"', drawings)).split())
    assert named <= clauses().keys()


#: 宜良 has no 督查室 and never comes to these; the five days of 评价 are a shared rule in 湘潭 (C-06); a 督办单 by
#: hand is of every county, its length stands on the order itself.
OF_NO_DOCUMENT = {
    *(("yl_whistle", "CA04_order"), ("yl_whistle", "CA04_supervise"), ("xt_cannot", "N05_rate")),
    *(("db_order", "N04_order"), ("db_order", "N05_feedback")),
}


@pytest.mark.parametrize("key", FLOWS)
def test_every_deadline_rests_on_the_document_of_the_flow_that_opens_it(key):  # C-03
    """What several flows share names the clauses of each; a rule they share (C-08) says no length."""
    flow = definition(key)
    document = key.split("_")[0].upper()
    bare = [
        element
        for element, rule in flow.deadlines.items()
        if not any(clauses()[id_].document == document for id_ in of_flow(rule.clauses, key))
        and (key, element) not in OF_NO_DOCUMENT
    ]
    assert bare == []


def test_to_contact_the_reporter_rests_on_the_clause_of_handling():  # XT-12
    """XT-A5 is about the clock of a return."""
    assert definition("xt_cannot").deadlines["N10_begin"].clauses == ("XT-12",)


def test_no_paper_quotes_the_wrong_number_of_the_hotline_rules():  # XX-A5
    printed = [path for ending in ("*.bpmn", "*.dmn", "*.json") for path in BPMN.rglob(ending)]
    assert [path.name for path in printed if "65号" in path.read_text(encoding="utf-8")] == []


def test_ids_are_read_out_of_a_text_and_form_numbers_are_not():
    assert ids_in("XX-12 XX-A7 重大复杂（F-C-3、CA-04），TZ-26…29") == ("XX-12", "XX-A7", "CA-04", "TZ-26")
