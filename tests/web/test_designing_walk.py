"""A county changes a statutory flow without fear: a designer draws, is stopped, mends and tries; a manager approves;
new cases take the step, an old one keeps its version until it is migrated; and all of it goes back.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from models import Deadline, Job, ProcessDefinition, ProcessInstance, Task, session
from operations.house.deployments import deploy
from operations.house.folders import read_folder
from operations.ticking.clock import tick
from reference.flow_files import BPMN, SCENARIOS
from tests.web.real_browser import needs_browser, open_page, served, url
from tests.web.walking import Walk

__all__ = ["open_page", "served", "url"]  # fixtures

pytestmark = needs_browser
SIGNED = """
    当 县政务大厅窗口受理员登记“xt_cannot”
    而且 2026-03-12 10:00 工作专班分流员完成“分类交办”
    而且 2026-03-12 14:00 县自然资源局联络员完成“签收”
"""
SCENARIO = """# language: zh-CN
功能: 现场踏勘

  场景: 签收以后先踏勘再办理
    假如 现在是 2026-03-09 09:00
    当 县政务大厅窗口受理员登记“解决“办不成事”问题”
    而且 2026-03-09 10:00 工作专班分流员完成“分类交办”
    而且 2026-03-09 14:00 县自然资源局联络员完成“签收”
    而且 2026-03-10 10:00 县自然资源局经办人完成“现场踏勘”：
      | 踏勘情况 | 已到现场，四至不清 |
    那么 路径经过 visit → told
    而且 通知了县自然资源局分管领导“已经踏勘”
"""
#: A step and a service behind the beginning of the work, put on the lines that lead there, as by dropping them on one.
DRAW = """() => {
  const registry = board.get('elementRegistry'), modeling = board.get('modeling');
  const put = (type, id, name, line) => {
    const shape = board.get('elementFactory').createShape({ type });
    const [a, b] = [line.waypoints[0], line.waypoints.at(-1)];
    modeling.createShape(shape, { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }, line);
    modeling.updateProperties(shape, { id, name });
  };
  put('bpmn:UserTask', 'visit', '现场踏勘', registry.get('to_N10_handle_from_N10_begin'));
  const after = registry.get('N10_handle').incoming.find(({ source }) => source.id === 'visit');
  put('bpmn:ServiceTask', 'told', '告知领导', after);
}"""


@pytest.fixture
def story(app, open_page, clock, tmp_path) -> Iterator[Walk]:
    """湘潭 with no scenarios but what its forms usually say: trying all of them has tests of its own."""
    with app.app_context():
        for key, files in read_folder(BPMN / "xt_cannot").items():
            told = (SCENARIOS, f"{SCENARIOS}背景.feature")
            deploy(key, {name: said for name, said in files.items() if not name.startswith(told[0]) or name == told[1]})
        yield Walk(app, open_page, clock, "xt_cannot", tmp_path)


def test_a_step_is_drawn_tried_approved_taken_migrated_and_taken_back(story: Walk):
    story.happens(SIGNED)
    old, before = story.world.case(), due(story)
    designer, manager = story.page_of("sheji"), story.page_of("liucheng")

    draft = begin(designer)
    add_form(designer, draft)
    draw(designer, draft)
    write_scenario(designer, draft)
    designer.goto(f"{draft}/compare")
    assert "现场踏勘" in designer.inner_text("main")
    publish(designer, manager, draft)

    story.goes(SIGNED.replace("2026-03-12", "2026-03-13"))
    new = story.world.case()
    assert standing(new.id) == ["现场踏勘"]
    assert standing(old.id) == ["办理"]

    migrate(manager)
    story.turn_to(str(old.case_no))
    assert version_of(old.id) == version_of(new.id) == 3
    assert due(story) == before
    manager.goto("/studio/flows/xt_cannot/versions")
    manager.locator("tr", has_text="第 2 版").get_by_text("回退到这一版").click()
    manager.locator("tr", has_text="第 2 版").locator("[name=reason]").fill("踏勘另发文件再说")
    manager.locator("tr", has_text="第 2 版").get_by_role("button", name="回退").click()
    manager.wait_for_selector("tr:has-text('第 4 版') .tag:text-is('现在用的')")
    story.happens(SIGNED.replace("2026-03-12", "2026-03-16"))
    assert standing(story.world.case().id) == ["办理"]
    assert story.complaints == []


def begin(page: Page) -> str:
    page.goto("/studio")
    page.fill("#n-xt_cannot", "签收以后先现场踏勘")
    page.press("#n-xt_cannot", "Enter")
    page.wait_for_url("**/drafts/*")
    return page.url


def add_form(page: Page, draft: str) -> None:
    page.goto(f"{draft}/list/forms")
    page.fill("[name=key]", "F-XT-1.visit")
    page.fill("[name=title]", "现场踏勘记录")
    page.press("[name=title]", "Enter")
    page.wait_for_selector("body[data-ready]")
    page.get_by_role("button", name="多行文字").click()
    page.fill("#p-label", "踏勘情况")
    page.fill("#p-key", "visit_words")
    page.get_by_text("已保存", exact=True).wait_for()


def draw(page: Page, draft: str) -> None:
    """Stopped by the check until somebody has the step, it has a form and a limit, and the service is one."""
    page.goto(f"{draft}/diagram/xt_handle.bpmn")
    page.wait_for_selector("body[data-ready]")
    page.evaluate(DRAW)
    page.wait_for_selector("#problems .error")
    assert "「现场踏勘」（visit）" in page.inner_text("#problems")
    pick(page, "visit")
    choose(page, "candidates-how", "variable")
    choose(page, "form", "F-XT-1.visit")
    fill(page, "deadline", "visit")
    open_groups(page)
    choose(page, "limit-how", "number")
    fill(page, "limit", "workdays(3)")
    pick(page, "told")
    choose(page, "handler", "notify.post")
    fill(page, "parameter-to", '=post(lead_org, "leader")')
    fill(page, "parameter-text", "已经踏勘")
    page.wait_for_selector("#problems h2:text-is('没有问题')")
    page.wait_for_selector("#saved:text-is('已保存')")


def write_scenario(page: Page, draft: str) -> None:
    page.goto(f"{draft}/scenarios")
    page.fill("#name", "现场踏勘")
    page.press("#name", "Enter")
    page.wait_for_url("**/edit/**")
    page.fill("textarea", SCENARIO)
    page.get_by_text("已保存", exact=True).wait_for()
    page.goto(f"{draft}/publish")
    page.get_by_role("button", name="试跑全部场景").click()
    work_off()
    page.goto(f"{draft}/scenarios")
    assert [each.inner_text() for each in page.query_selector_all(".failure")] == []


def publish(designer: Page, manager: Page, draft: str) -> None:
    designer.goto(f"{draft}/publish")
    designer.get_by_role("button", name="提交审核").click()
    manager.goto(f"{draft}/publish")
    manager.get_by_role("button", name="通过并发布").click()
    manager.wait_for_selector("text=已发布，新事项按新版办理")


def migrate(page: Page) -> None:
    page.goto("/studio/flows/xt_cannot/migrate")
    page.fill("#reason", "都先踏勘")
    page.get_by_role("button", name="先试几件").click()
    page.wait_for_url("**/jobs/*")
    work_off()


def work_off() -> None:
    """All that waits in the background, by the ticker."""
    session.rollback()
    while session.scalar(select(Job.id).where(Job.state == "waiting").limit(1)):
        tick()


def standing(case_id: int) -> list[str]:
    session.rollback()
    return list(session.scalars(select(Task.name).where(Task.case_id == case_id, Task.state == "open")))


def version_of(case_id: int) -> int:
    found = select(ProcessDefinition.version).join(ProcessInstance).where(ProcessInstance.case_id == case_id)
    return session.scalars(found).one()


def due(story: Walk) -> object:
    mine = (Deadline.case_id == story.world.case().id) & (Deadline.key == "handle")
    return session.scalars(select(Deadline.due_at).where(mine)).one()


def pick(page: Page, element: str) -> None:
    page.evaluate("id => board.get('selection').select(board.get('elementRegistry').get(id))", element)
    open_groups(page)


def open_groups(page: Page) -> None:
    for group in page.query_selector_all(".bio-properties-panel-group-header:not(.open) .bio-properties-panel-arrow"):
        group.click()


def fill(page: Page, entry: str, text: str) -> None:
    page.fill(f"[data-entry-id='{entry}'] :is(input, textarea)", text)
    page.press(f"[data-entry-id='{entry}'] :is(input, textarea)", "Tab")


def choose(page: Page, entry: str, value: str) -> None:
    page.select_option(f"[data-entry-id='{entry}'] select", value)
