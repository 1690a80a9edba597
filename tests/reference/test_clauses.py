"""The clauses a new database knows by their ids."""

from collections import Counter

from reference.clauses import clauses, documents, of_flow
from reference.seeds import read_seed


def test_a_clause_has_the_words_of_its_document():
    assert "一般应在5个工作日内解决，问题复杂、解决难度大的在10个工作日内解决" in clauses()["XT-12"].text


def test_every_clause_says_whose_it_is_and_fits_beside_a_deadline():
    known = {document.key for document in documents()}
    for clause in clauses().values():
        assert clause.document in known
        assert clause.text
        assert 0 < len(clause.short) <= 40, clause.id


def test_an_id_stands_once_and_begins_as_its_document_does():
    times = Counter(entry["id"] for entry in read_seed("clauses.json")["clauses"])
    assert set(times.values()) == {1}
    shared = {"C", "CA", "D"}
    for clause in clauses().values():
        prefix = clause.id.split("-")[0]
        assert prefix == clause.document or (clause.document == "C" and prefix in shared), clause.id


def test_what_a_clause_of_a_document_says_is_quoted():
    for clause in clauses().values():
        if clause.document != "C" and "-A" not in clause.id and clause.id != "YC-24":  # YC-24 is a default of ours
            assert clause.text.startswith("「"), clause.id


def test_a_part_that_several_flows_share_rests_on_the_clauses_of_the_flow_it_serves():
    named = ("XT-13", "TZ-12", "XX-A3", "C-03", "CA-03")
    assert of_flow(named, "xx_hotline") == ("XX-A3", "C-03", "CA-03")
    assert of_flow(named, "tz_whistle") == ("TZ-12", "C-03", "CA-03")
    assert of_flow(named, "yl_whistle") == ("C-03", "CA-03")


def test_a_flow_of_a_county_of_its_own_rests_on_what_it_names():
    assert of_flow(("XT-13", "AB-1"), "ab_flow") == ("XT-13", "AB-1")
