"""The clause map as a page shows it."""

import pytest

from models import Identity
from operations.house.deployments import deploy
from queries.house.clause_places import Place, enforcing_places
from queries.house.clauses import clause_page, clause_rows
from queries.house.flow_map import flow_map
from reference.clauses import documents
from tests.queries.flow import FILES

READER = Identity(id=None, username="reader", name="某人", permissions=frozenset({"work"}))
SUPERVISOR = Identity(id=None, username="supervisor", name="某人", permissions=frozenset({"work", "clues"}))
XT = next(document for document in documents() if document.key == "XT")
TRIED = [Place("scenario", "逾期的催办", "xt_cannot 催办", ("XT-18",))]


@pytest.fixture
def secret(county):
    deploy("secret", FILES)


def row_of(id_: str, by: Identity, search: str = ""):
    return next((row for row in clause_page(XT, search, TRIED, by).rows if row.clause.id == id_), None)


def test_a_clause_leads_to_the_element_and_the_drawing_it_stands_on(secret):
    (place,) = row_of("XT-20", SUPERVISOR).of("element")
    assert (place.flow_for("XT"), place.process, place.element) == ("secret", "secret", "weigh")


def test_a_confidential_element_is_listed_to_nobody_without_the_permission(secret):  # XT-20
    assert row_of("XT-20", READER).of("element") == []
    assert "weigh" not in [element.id for part in flow_map("secret", READER).parts for element in part.elements]


def test_a_clause_is_not_called_missing_because_its_element_is_hidden(secret):  # XT-20
    counts = {by: clause_page(XT, "", TRIED, by).figures for by in (READER, SUPERVISOR)}
    assert counts[READER] == counts[SUPERVISOR]


def test_an_element_has_its_clauses(secret):
    (part,) = flow_map("secret", SUPERVISOR).parts
    assert ("weigh", ("XT-20",)) in [(element.id, element.clauses) for element in part.elements]


def test_a_search_finds_every_word_in_the_clause_or_its_places(secret):
    assert row_of("XT-18", READER, "逾期 催办")
    assert row_of("XT-18", READER, "XT-18 没有这个词") is None


def test_a_parameter_that_nothing_reads_enforces_nothing(county):
    named = {place.name for place in enforcing_places() if place.kind == "parameter"}
    assert "deadline.day_end" in named
    assert "xt.redo_days" not in named  # no deployed flow asks for it


def test_what_every_case_passes_through_is_found_in_code(county):
    (row,) = [row for row in clause_rows(enforcing_places()) if row.clause.id == "C-02"]
    assert ("code", "operations/acts", "privacy.py") in [(each.kind, each.within, each.name) for each in row.places]


def test_two_drawings_of_one_name_are_told_apart():
    drawn = [
        Place("element", "顺延到期日", "承办单位办理", ("C-03",), process=name) for name in ("xt_handle", "xx_handle")
    ]
    (row,) = [row for row in clause_rows(drawn) if row.clause.id == "C-03"]
    assert [len(group) for group in row.grouped("element")] == [1, 1]


def test_a_shared_process_is_shown_in_a_flow_of_the_document_where_there_is_one():
    place = Place("element", "发催办通知单", "CA-04", ("XT-18",), flows=("tz_whistle", "xt_cannot"))
    assert [place.flow_for(document) for document in ("XT", "TZ", "YL")] == ["xt_cannot", "tz_whistle", "tz_whistle"]
