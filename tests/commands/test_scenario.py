"""`flask scenario …`."""


def test_coverage_of_a_flow_that_is_not_there_is_no_coverage(flask):
    result = flask("scenario", "coverage", "nosuch")
    assert result.exit_code == 1
    assert result.stderr.startswith("没有成功：没有叫“nosuch”的流程或流程文件夹；有：db_order、tz_annual、")
    assert "yc_campaign" in result.stderr  # a folder of several flows
