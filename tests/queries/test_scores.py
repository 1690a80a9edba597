"""Who sees which score, and what it unfolds to (TZ-16…24)."""

import pytest

from errors import NotFound
from models import Document, session
from queries.lists.scores import score_paper
from tests.people import holder_of
from tests.score_papers import issue_papers

OFFICE, POWER, GAS, STRANGER = (
    "tz_whistle_office:head",
    "tz_power:liaison",
    "tz_gas_ganghua:liaison",
    "tz_finance:liaison",
)


def labels(nodes):
    for node in nodes:
        yield node.label, node.result
        yield from labels(node.parts)


def find(nodes, label):
    return next(node for node in every(nodes) if node.label.endswith(label))


def every(nodes):
    for node in nodes:
        yield node
        yield from every(node.parts)


def test_a_quarter_score_unfolds_to_its_cases_and_votes(begin):  # TZ-17, TZ-20, TZ-21
    case = begin()
    paper = score_paper(issue_papers(case)["quarter"], holder_of(OFFICE), "tz_power")
    found = dict(labels(paper.trees))
    assert found["季度得分"] == "86.70"
    assert (found["园区评分"], found["牵头部门评分"], found["满意票数"]) == ("90", "80", "24票")
    assert find(paper.trees, "TZ20260001 协办单件得分").case_id == case.id
    assert find(paper.trees, "季度得分").figures == "87.00×0.7+86.00×0.3"


def test_a_year_unfolds_through_its_quarters_to_the_same_cases(begin):  # TZ-22
    case = begin()
    papers = issue_papers(case)
    tree = score_paper(papers["year"], holder_of(OFFICE), "tz_power").trees
    quarter = find(tree, "第1季度得分")
    assert (quarter.result, quarter.paper_id, quarter.unit) == ("86.70", papers["quarter"], "tz_power")
    assert find([quarter], "TZ20260001 协办单件得分").case_id == case.id
    assert find([quarter], "满意票数").result == "24票"


def test_a_unit_without_a_case_unfolds_to_the_scores_of_its_class(begin):  # TZ-24
    papers = issue_papers(begin())
    (score, _) = score_paper(papers["quarter"], holder_of(OFFICE), "tz_water_gg").trees
    assert [(part.label, part.unit) for part in score.parts] == [
        ("供电公司季度得分", "tz_power"),
        ("港华燃气公司季度得分", "tz_gas_ganghua"),
    ]


def test_the_office_sees_all_units_and_a_unit_its_own(begin):
    paper = issue_papers(begin())["quarter"]
    assert [row.name for row in score_paper(paper, holder_of(OFFICE)).units] == [
        "供电公司",
        "高港自来水公司",
        "港华燃气公司",
    ]
    mine = score_paper(paper, holder_of(POWER))
    assert [row.name for row in mine.units] == ["供电公司"]
    assert (mine.case_id, mine.chosen and mine.chosen.code) == (None, "tz_power")
    assert find(mine.trees, "TZ20260001 协办单件得分").case_id is None  # the case is not theirs to open


@pytest.mark.parametrize(("post", "paper", "unit"), [(STRANGER, "quarter", ""), (GAS, "quarter", "tz_power"),
    (POWER, "draft", ""), (OFFICE, "quarter", "tz_finance")])  # fmt: skip
def test_what_is_not_theirs_does_not_exist(begin, post, paper, unit):
    papers = issue_papers(begin())
    with pytest.raises(NotFound):
        score_paper(papers[paper], holder_of(post), unit)


def test_a_paper_without_workings_and_one_that_is_none_do_not_exist(begin):
    begin()
    with pytest.raises(NotFound):
        score_paper(12345, holder_of(OFFICE))


def test_a_quarter_of_before_workings_were_kept_is_shown_in_a_year_as_a_number(begin):
    papers = issue_papers(begin())
    quarter = session.get_one(Document, papers["quarter"])
    quarter.body = {label: value for label, value in quarter.body.items() if label != "_workings"}
    session.commit()
    trees = score_paper(papers["year"], holder_of(OFFICE), "tz_power").trees
    assert find(trees, "第1季度得分").result == "86.70"
    with pytest.raises(NotFound):
        score_paper(papers["quarter"], holder_of(OFFICE))
