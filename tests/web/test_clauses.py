"""The pages of the clause map."""

import pytest


def test_a_clause_stands_with_its_words_and_leads_to_its_element(liaison):
    page = liaison.get("/clauses?document=XT").text
    assert "「经核实确认不属于本单位职责的，签收后2个工作日内申请退回" in page
    assert '<a href="/flows/small?process=small#sign">签收</a>' in page
    assert "xt.auto_sign_days" in page


def test_a_clause_that_software_cannot_carry_out_says_why(liaison):
    assert "阶段性成效目标，没有可判断的动作" in liaison.get("/clauses?document=XX&search=XX-01").text


def test_what_is_looked_for_in_vain_is_said(liaison):
    assert "没有找到“无此词”" in liaison.get("/clauses?document=XT&search=无此词").text


def test_a_flow_lists_the_clauses_of_its_elements(liaison):
    page = liaison.get("/flows/small").text
    assert '<a href="/clauses?document=XT#XT-10">XT-10</a> 签收后2个工作日内可申请退回' in page


@pytest.mark.parametrize("address", ["/clauses?document=QQ", "/flows/nothing"])
def test_what_does_not_exist_is_not_found(liaison, address):
    assert liaison.get(address).status_code == 404
