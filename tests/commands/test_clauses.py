"""`flask clauses`."""

import pytest

from operations.house.deployments import deploy
from tests.small_flow import FILES


@pytest.fixture
def small(app):
    deploy("small", FILES)


def test_it_counts_for_each_document_and_names_what_has_no_place(flask, small):
    answer = flask("clauses")
    assert "XT 湘潭县解决“办不成事”问题：32 条（流程图 4，" in answer.output
    assert "没有落实，也没有理由：" in answer.output  # only the small flow is deployed
    assert answer.exit_code == 1


def test_it_says_why_a_clause_has_no_place(flask, small):
    assert "只有理由 XX-01 3个月、6个月、一年的阶段目标：阶段性成效目标" in flask("clauses").output


def test_a_clause_is_told_with_its_words_and_its_places(flask, small):
    told = flask("clauses", "XT-10").output
    assert "「经核实确认不属于本单位职责的，签收后2个工作日内申请退回" in told
    assert "参数：xt.auto_sign_days\n" in told or "· xt.auto_sign_days\n" in told
    assert "： ·" not in told
    assert "流程图：" in told
    assert "场景：xt_cannot" in told


def test_what_is_no_clause_is_refused_in_words(flask, small):
    answer = flask("clauses", "XT-99")
    assert answer.exit_code == 1
    assert "没有“XT-99”这个条款或文件。" in answer.output
