"""The scenarios of a draft in the browser: written, tried and read there (C-11)."""

import pytest

from operations.ticking.jobs import play_jobs
from tests.scenarios.small import REGISTER
from tests.web.browser import Browser
from tests.web.real_browser import needs_browser, open_page, served

__all__ = ["open_page", "served"]  # fixtures


@pytest.fixture
def designer(browser) -> Browser:
    return browser("sheji")


@pytest.fixture
def scenarios(designer) -> str:
    """The address of the scenarios of a new draft of the small flow."""
    draft = designer.send("/studio/drafts", page="/studio", flow="small", name="签收以后现场踏勘").location
    return f"{draft}/scenarios"


def test_a_designer_begins_a_file_and_what_cannot_be_a_name_is_told_beside_it(designer, scenarios):
    refused = designer.send(scenarios, page=scenarios, name="踏勘/一")
    assert refused.status_code == 422
    assert "请给场景文件起个名字" in refused.text
    assert 'value="踏勘/一"' in refused.text
    added = designer.send(scenarios, page=scenarios, name="踏勘")
    assert "“{任务}”通常这样填" in designer.get(added.location).text
    assert "已经有场景文件“踏勘”" in designer.send(scenarios, page=scenarios, name="踏勘").text


def test_each_line_that_no_step_fits_or_the_flow_does_not_have_is_told_while_it_is_typed(designer, scenarios):
    token = designer.hidden(scenarios)["csrf_token"]

    def told(text: str) -> list[tuple[int, str]]:
        answer = designer.client.post(f"{scenarios}/check", data=text.encode(), headers={"X-CSRFToken": token})
        return [(each["line"], each["words"]) for each in answer.json]

    begun = "# language: zh-CN\n功能: 踏勘\n  场景大纲: 一\n    当 过了 <天> 天\n"
    [(line, words)] = told(f"{begun}    而且 看一看\n    例子:\n      | 天 |\n      | 3 |\n")
    assert (line, "词汇表里没有这样的步骤" in words) == (5, True)
    assert told(f"{begun}    例子:\n      | 天 |\n      | 3 |\n") == []
    [(_, words)] = told("# language: zh-CN\n功能: 踏勘\n  场景: 一\n    当 县自然资源局经办人完成“现场踏勘”\n")
    assert words == "流程图上没有“现场踏勘”。"
    assert told(f"{begun}乱写\n")[0] == (
        5,
        "这里不能写“乱写”。每一步以假如、当、那么、而且、但是开头，后面空一格；表格的每行以 | 开头和结尾。",
    )


def test_the_list_says_how_each_scenario_went_mends_them_together_and_forgets_it_all(app, designer, scenarios):
    draft, token = scenarios.removesuffix("/scenarios"), designer.hidden(scenarios)["csrf_token"]
    file = f"{draft}/files/scenarios/踏勘.feature"
    registered = f"    {REGISTER}：\n      | 事项标题 | 坑 |\n"
    text = f"# language: zh-CN\n功能: 踏勘\n  场景: 一\n{registered}    那么 待办是 “核查”\n"
    text += f"  场景: 二\n{registered}    当 县自然资源局经办人完成“核对”\n"
    designer.client.put(file, data=text.encode(), headers={"X-CSRFToken": token})
    assert "未运行 2" in designer.get(scenarios).text
    designer.send(f"{scenarios}/run", page=scenarios)
    designer.send(f"{scenarios}/stop", page=scenarios)
    assert designer.get(f"{scenarios}/progress").json["words"] == "已停止"
    designer.send(f"{scenarios}/run", page=scenarios)
    with app.app_context():
        play_jobs()
    assert designer.get(f"{scenarios}/progress").json["failed"] == 2
    page = designer.get(scenarios).text
    assert "未通过 2" in page
    assert "第 6 行" in page
    assert "实为：“签收”" in page
    way = designer.get(f"{scenarios}/way/scenarios/踏勘.feature?line=3").text
    assert '"address": "' + draft + '/files/small.bpmn"' in way
    assert "2026-03-02 09:00" in way
    coverage = designer.get(f"{scenarios}/coverage").text
    assert ">「编号」（number）<" not in coverage
    assert ">「申请延期」（ask）<" in coverage
    assert "1 个场景要办“核对”，流程图上已经没有这个环节" in page
    look = f"{scenarios}/mend?cause=gone&about=核对"
    assert "县自然资源局经办人完成“核对”" in designer.get(look).text
    designer.send(f"{scenarios}/mend", page=look, cause="gone", about="核对")
    designer.send(f"{scenarios}/stop", page=scenarios)
    assert "整个撤销" in designer.get(scenarios).text
    assert "核对" not in designer.client.get(file).data.decode()
    designer.client.put(file, data=f"{text}# \n".encode(), headers={"X-CSRFToken": token, "X-Revision": "2"})
    designer.send(f"{scenarios}/mend/back", page=scenarios)
    page = designer.get(scenarios).text
    assert "这些场景后来又有人改过，不能整个撤销" in page
    assert "未运行 2" in page
    assert "此后草稿又改了" in page


def test_a_case_that_one_may_not_see_is_not_recorded_and_what_was_is_kept_as_it_was_looked_through(designer, scenarios):
    refused = designer.get(f"{scenarios}/record?case=XT20269999")
    assert refused.status_code == 404
    assert "没有编号为“XT20269999”的事项，或者您无权查看" in refused.text
    page = f"{scenarios}/record"
    text = "# language: zh-CN\r\n功能: 一\r\n"
    kept = designer.send(page, page=scenarios, case="XT20260001", name="录制", text=text)
    draft = scenarios.removesuffix("/scenarios")
    assert kept.location.endswith("/edit/scenarios/%E5%BD%95%E5%88%B6.feature")
    assert designer.client.get(f"{draft}/files/scenarios/录制.feature").data.decode() == text.replace("\r", "")
    assert "已经有场景文件“录制”" in designer.send(page, page=scenarios, case="", name="录制", text=text).text


@needs_browser
def test_who_writes_sees_the_line_that_no_step_fits_and_takes_a_sentence_from_beside_it(open_page):
    page = open_page("sheji")
    page.goto("/studio")
    page.fill("[name=name]", "踏勘")
    page.press("[name=name]", "Enter")
    page.click(".tabs >> text=场景")
    page.fill("#name", "踏勘")
    page.press("#name", "Enter")
    page.wait_for_selector("body[data-ready]")
    page.locator("#text").press("Control+End")
    page.keyboard.type("    而且 看一看")
    page.wait_for_selector("#numbers li.wrong:nth-child(6)")
    page.fill("#search", "工作日 钟点")
    page.click("#vocabulary button:visible")
    page.wait_for_selector("#wrong li:only-child:has-text('第 6 行')")
    page.wait_for_selector("#saved:has-text('已保存')")
    page.reload()
    page.wait_for_selector("body[data-ready]")
    assert page.input_value("#text").splitlines()[5:] == ["    而且 看一看", "    当 过了 3 个工作日"]
    assert page.complaints == []
