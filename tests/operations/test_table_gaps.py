"""A decision table that leaves a case out is told of when it is checked: at run time it would stop the case."""

import re

from operations.house.deployments import check_flow
from operations.house.folders import BPMN, read_folder


def test_a_row_that_is_missing_is_a_hint_that_names_the_case_without_one(county):  # D-04
    files = read_folder(BPMN / "xt_cannot")["xt_cannot"]
    assert check_flow("xt_cannot", files) == []
    rows = re.findall(rb"<(?:dmn:)?rule .*?</(?:dmn:)?rule>", files["d04_limit.dmn"], re.DOTALL)
    [left_out] = [row for row in rows if b"complex" in row]
    found = check_flow("xt_cannot", files | {"d04_limit.dmn": files["d04_limit.dmn"].replace(left_out, b"")})
    assert [problem.warning for problem in found] == [True] * len(found) != []
    assert any("没有一行管到这种情况" in problem.message and "complex" in problem.message for problem in found)
