"""While a scenario is written, each line says what it speaks of that there is not: no need to play it first."""

import pytest

from reference.flow_files import BPMN, read_files, shared
from scenarios.checking import mistakes_in
from scenarios.known import Known

pytestmark = pytest.mark.parametrize("template", ["sqlite"], indirect=True)
BEGUN = "# language: zh-CN\n功能: 试\n  场景: 一\n"

#: What is written, and words of what is said of it.
UNKNOWN = {
    "县自然资源局局长完成“签收”": "没有岗位“县自然资源局局长”。县自然资源局有：",
    "县自然资源局联络员完成“签到”": "流程图上没有“签到”",
    "县自然资源局经办人提出“申请延长”": "流程图上没有名为“申请延长”的按钮",
    "县政务大厅窗口受理员登记“办不成事”": "没有流程“办不成事”，有：",
    "县自然资源局撤并到县住建局": "没有单位“县住建局”",
    "待办是 “签到”（县自然资源局联络员）": "流程图上没有“签到”",
    "路径经过 N07_sign → N99": "流程图上没有“N99”",
    "县自然资源局联络员完成“签收”：\n      | 签收者 | 联络员 |": "没有字段“签收者”，有：",
    "“分类交办”通常这样填：\n      | 时限类别 | 普通 |": "“时限类别”没有选项“普通”，有：",
    "工作专班分流员完成“分类交办”：\n      | 主办单位 | 县住建局 |": "“主办单位”没有选项“县住建局”",
}


@pytest.fixture
def known(county: None) -> Known:
    return Known({**shared(), **read_files(BPMN / "xt_cannot")})


def test_what_there_is_not_is_told_at_its_line(known):
    for step, words in UNKNOWN.items():
        [mistake] = mistakes_in("", f"{BEGUN}    当 {step}\n", known)
        assert mistake.line == 4
        assert words in mistake.words


def test_the_scenarios_of_a_county_speak_of_nothing_that_there_is_not(county):
    for folder in (BPMN / "xt_cannot", BPMN / "db_order"):  # the second uses the flow of the first as well
        known = Known({**shared(), **read_files(folder)})
        for path in (folder / "scenarios").iterdir():
            assert mistakes_in(path.name, path.read_text(encoding="utf-8"), known) == []
