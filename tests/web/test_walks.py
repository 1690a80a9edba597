"""Whole stories at the screen: what the posts of a county do one after another, each in a browser of their own."""

import io
import re
import zipfile

import pytest

from tests.web.public_pages import DIGITS
from tests.web.real_browser import needs_browser, open_page, served, url
from tests.web.walking import Walk, fill, send

__all__ = ["open_page", "served", "url"]  # fixtures

pytestmark = needs_browser


@pytest.fixture
def walk(app, open_page, clock, tmp_path):
    """The story of a flow."""
    with app.app_context():
        yield lambda flow: Walk(app, open_page, clock, flow, tmp_path)


def test_a_hotline_order_goes_back_and_on_until_it_is_archived(walk):  # XX-04, XX-A2, XX-A3
    story = walk("xx_hotline")
    story.goes("""
    当 宿事速办热线坐席登记“xx_hotline”
    而且 2026-03-12 10:00 县数据资源局派单员完成“派单”
    而且 2026-03-12 14:00 县城市管理局联络员提出“申请退单”：
      | 依据 | 三定方案第四条 |
    而且 2026-03-13 09:00 县数据资源局审核员完成“审核退单职责界定”：
      | 审核结论 | 准予退回，再次转派 |
    而且 2026-03-13 10:00 县数据资源局派单员完成“派单”：
      | 牵头单位 | 县教育体育局 |
    而且 2026-03-13 15:00 县教育体育局联络员完成“签收”
    那么 时限“办理”到期于 2026-03-20
    当 2026-03-16 09:00 县教育体育局经办人提出“申请延期”
    而且 2026-03-16 15:00 县数据资源局审核员完成“审批延期”
    那么 时限“办理”到期于 2026-03-27，进行中
    当 2026-03-26 16:00 县教育体育局经办人完成“办理并答复诉求人”
    而且 县数据资源局审核员完成“办结审核”
    而且 县数据资源局回访员完成“回访”
    那么 时限“办理”到期于 2026-03-27，按时
    而且 状态是 已归档
    而且 没有出错
    """)
    page = story.case_page("xx_zuoxi")
    page.wait_for_selector("body[data-ready]")
    assert "已归档" in page.inner_text(".head")
    told = page.inner_text("section[aria-labelledby=story]")
    assert "准予退回，再次转派" in told or "审核退单" in told
    assert story.complaints == []


def test_of_four_departments_one_is_late_and_the_others_are_not(walk):  # YL-13, YL-14
    story = walk("yl_whistle")
    four = ("宜良县自然资源局", "县消防救援大队", "市生态环境局宜良分局", "宜良县住房和城乡建设局")
    involved = "；".join(f"{unit}，办理，办成" for unit in four)
    tasks = "；".join(f"{unit}，并联审查，股长，2026-03-27" for unit in four)
    story.happens(f"""
    当 工业园区管委会吹哨经办人登记“yl_whistle”
    而且 工业园区管委会吹哨经办人完成“研判：部门、职责、标准”：
      | 涉及部门、职责、处置标准 | {involved} |
      | 报到时间 | 2026-03-18 09:00 |
    而且 宜良县自然资源局联络员完成“对哨件提出意见”
    而且 县消防救援大队联络员完成“对哨件提出意见”
    而且 市生态环境局宜良分局联络员完成“对哨件提出意见”
    而且 宜良县住房和城乡建设局联络员完成“对哨件提出意见”
    而且 工业园区管委会分管领导完成“分管领导发出吹哨申请”
    而且 2026-03-13 09:00 县政务吹哨办专员完成“审核哨件”
    而且 2026-03-18 08:50 宜良县自然资源局联络员完成“签到”
    而且 县消防救援大队联络员完成“签到”
    而且 市生态环境局宜良分局联络员完成“签到”
    而且 宜良县住房和城乡建设局联络员完成“签到”
    而且 2026-03-18 09:05 工业园区管委会吹哨经办人完成“主持报到”
    """)
    story.goes(f"""
    当 2026-03-18 11:00 工业园区管委会分管领导完成“一哨一方案一哨一清单”：
      | 任务清单 | {tasks} |
    而且 2026-03-26 16:00 宜良县自然资源局经办人完成“办理任务”
    而且 县消防救援大队经办人完成“办理任务”
    而且 宜良县住房和城乡建设局经办人完成“办理任务”
    而且 2026-03-30 10:00 县政务吹哨办专员完成“催办”
    而且 2026-03-31 10:00 市生态环境局宜良分局经办人完成“办理任务”
    那么 时限“任务时限（1）”到期于 2026-03-27，按时
    而且 时限“任务时限（3）”到期于 2026-03-27，逾期
    而且 时限“任务时限（4）”到期于 2026-03-27，按时
    而且 待办是 “反馈处置情况”（工业园区管委会吹哨经办人）
    而且 没有出错
    """)
    page = story.case_page("yl_chuishao")
    page.wait_for_selector("body[data-ready]")
    units = page.inner_text("section[aria-labelledby=units]")
    assert all(unit in units for unit in four)
    assert story.complaints == []


def test_asking_a_colleague_in_one_branch_and_going_back_in_another_do_not_meet(walk):  # XX-A2, XX-A3
    story = walk("xx_hotline")
    story.happens("""
    当 宿事速办热线坐席登记“xx_hotline”
    而且 县数据资源局派单员完成“派单”
    而且 县城市管理局联络员完成“签收”
    """)
    story.goes("当 县城市管理局经办人提出“申请延期”")
    reviewer = story.task("县数据资源局审核员", "审批延期")
    reviewer.click(".more-acts summary")
    reviewer.click(".more-acts >> text=加签")
    reviewer.click("text=并行加签")
    duty_head = reviewer.locator("#f-to option", has_text="值班负责人").get_attribute("value")
    fill(reviewer, {"to": duty_head, "question": "同意延五天吗"})
    send(reviewer)
    story.goes("""
    当 县数据资源局审核员完成“审批延期”
    而且 县城市管理局经办人提出“申请退单”
    那么 待办有 “审批延期”（县数据资源局审核员）
    而且 状态是 退回审核中
    当 县数据资源局审核员完成“审核退单职责界定”：
      | 审核结论 | 不予退回，继续办理 |
    那么 待办有 “办理并答复诉求人”（县城市管理局经办人）
    """)
    colleague = story.page_of("xx_zhiban")
    colleague.goto("/?box=signs")
    colleague.click(".rows a.title")
    fill(colleague, {"answer": "同意"})
    send(colleague)
    story.goes("""
    那么 待办是 “办理并答复诉求人”（县城市管理局经办人）
    而且 时限“办理”到期于 2026-03-26，进行中
    而且 没有出错
    """)
    assert story.complaints == []


def test_somebody_without_an_account_submits_follows_and_rates(walk, open_page):  # XT-03, C-06
    story = walk("xt_cannot")
    page = open_page(width=390)
    page.goto("/submit/xt_cannot")
    fill(page, ONLINE | {"answer": asked_sum(page)})
    send(page)
    number, code = page.locator(".receipt dd").all_inner_texts()
    look_up(page, number, code)
    assert "正在确认由谁受理" in page.inner_text(".login .notice")
    story.turn_to(number)
    story.happens("""
    当 工作专班（县行政审批局）信箱受理员完成“登记网上提交”：
      | 难易         | 简单         |
      | 事项所属单位 | 县自然资源局 |
    而且 工作专班（县行政审批局）信箱受理员完成“回复反映人”
    """)
    look_up(page, number, code)
    page.click("text=评价")
    page.click("text=非常满意")
    fill(page, {"answer": asked_sum(page)})
    send(page)
    story.goes("那么 事项的“反映人评价”是“非常满意”")
    look_up(page, number, code)
    assert "修改评价" in page.inner_text(".login")
    assert page.complaints == []


LATE = """
    当 县政务大厅窗口受理员登记“xt_cannot”
    而且 工作专班分流员完成“分类交办”
    而且 县自然资源局联络员完成“签收”
    """


def test_a_supervision_order_is_issued_read_and_answered(walk):  # XT-19
    story = walk("xt_cannot")
    story.happens(f"{LATE}而且 到了 2026-03-25 09:00")
    unit = story.page_of("ziran")
    unit.goto("/notices")
    assert "督办单" in unit.inner_text("main")
    unit.goto("/documents?kind=督办单")
    unit.click(".rows a.title")
    assert "县自然资源局" in unit.inner_text("main")
    supervisor = story.page_of("ducha")
    supervisor.goto("/desk?tab=ordered")
    assert "督办" in supervisor.inner_text("main .rows")
    story.goes("""
    当 县政府督查室督查员完成“督办并记反馈”
    而且 县自然资源局经办人完成“办理”
    而且 县自然资源局分管领导完成“负责人签批反馈专班”
    那么 时限“督办反馈”到期于 2026-03-31，按时
    而且 待办是 “核查”（工作专班审核员）
    而且 没有出错
    """)
    assert story.complaints == []


def test_the_unit_concerned_meets_its_clue_nowhere(walk):  # XT-20
    story = walk("xt_cannot")
    story.happens(f"{LATE}而且 到了 2026-04-03 09:00\n而且 问责线索 1 条")
    number = story.world.case().case_no
    secret = re.compile("线索|问责")
    case, supervisor = f"/cases/{story.world.case().id}", story.page_of("ducha")
    supervisor.goto("/desk/clues")
    assert number in supervisor.inner_text(".rows")
    supervisor.goto(case)
    supervisor.wait_for_selector("body[data-ready]")
    assert secret.search(supervisor.inner_text("#canvas"))
    assert int(supervisor.locator("#badge span").first.inner_text()) >= 1
    page = story.page_of("ziran")
    page.goto(case)
    page.wait_for_selector("body[data-ready]")
    seen = [page.content(), page.locator("#canvas").text_content()]
    for address in ("/", "/?box=unit", "/notices", "/documents", "/cases"):
        page.goto(address)
        seen.append(page.inner_text("body"))
    page.goto("/cases?search=问责")
    assert "没有找到" in page.inner_text("main")
    seen += told_by_files(page, (f"/documents/case/{story.world.case().id}.zip", "/cases/cases.xlsx"))
    assert not [found[0] for text in seen if (found := secret.search(text))]
    assert page.locator("#badge span").first.inner_text() == "1"  # 办理
    assert page.goto("/desk/clues").status == 403


ONLINE = {
    "title": "不动产登记跑了四次没办成",
    "matter": "不动产转移登记",
    "submitted_before": "四次",
    "blocked_reason": "系统升级",
    "request_text": "请尽快办理",
    "reporter_name": "某企业",
    "reporter_phone": "10000000777",
}


def asked_sum(page):
    """The right answer, where a visitor is asked for one."""
    asked = re.search(r"请计算：(.)加(.)等于几", page.inner_text("main"))
    return sum(map(DIGITS.index, asked.groups())) if asked else ""


def look_up(page, number, code):
    page.goto("/query")
    fill(page, {"case_no": number, "code": code})
    page.click("form[action='/query'] .btn-primary")


def told_by_files(page, addresses):
    """What stands in files that this person may take: zip, Excel and Word are archives of texts."""
    for address in addresses:
        taken = page.request.get(address)
        assert taken.ok, address
        yield from texts_in(taken.body())


def texts_in(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            inside = archive.read(name)
            yield from texts_in(inside) if inside[:2] == b"PK" else [name + inside.decode("utf-8", "replace")]
