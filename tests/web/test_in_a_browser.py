"""What only a real browser can tell: scripts under the content policy, the diagram, phones."""

import pytest

from operations.acts.knowledge import add_entry
from operations.acts.phrases import add_phrase
from tests.people import holder_of
from tests.web.real_browser import needs_browser, open_page, served, url

__all__ = ["open_page", "served", "url"]  # fixtures

pytestmark = needs_browser

REGISTRATION = {
    "title": "不动产登记资料多次补正仍不受理",
    "reporter_name": "王小明",
    "reporter_phone": "10012345678",
    "matter": "不动产登记",
    "request_text": "请受理",
    "submitted_before": "三次",
    "blocked_reason": "每次要求不同",
}


def register(page) -> None:
    page.goto("/register/xt_cannot")
    for key, value in REGISTRATION.items():
        page.fill(f"#f-{key}", value)
    page.select_option("#f-matter_org", "natural_resources")
    page.click(".send .btn-primary")
    page.wait_for_url("**/cases/*")


def test_a_case_is_registered_and_its_diagram_shows_where_it_stands(open_page):
    page = open_page("chuangkou")
    register(page)
    page.wait_for_selector("body[data-ready]")
    assert page.is_visible(".bjs-powered-by")  # the licence
    assert page.locator(".token").first.inner_text() == "在办"
    assert page.locator(".is-done").count() > 0
    page.click("#caption button")
    assert "XT-05" in page.inner_text("#caption")
    assert page.locator("#diagram-pick option").count() > 1
    page.click("#replay button:first-of-type")
    assert "第1步，共2步" in page.inner_text("#replay output")
    assert page.locator(".is-step").count() > 0
    page.press("#replay input", "End")
    assert "第2步，共2步，现在" in page.inner_text("#replay output")
    assert page.locator(".is-step").count() == 0
    assert page.locator(".token").first.inner_text() == "在办"
    assert page.complaints == []


def test_a_clause_leads_to_its_element_on_the_drawing(open_page):
    page = open_page("chuangkou")
    page.goto("/clauses?document=XT&search=XT-13")
    page.click("a[href$='#N11_extend']")
    page.wait_for_selector("body[data-ready]")
    assert page.input_value("#diagram-pick") == "xt_handle"
    assert page.locator("[data-element-id=N11_extend].is-picked").count() == 1
    assert "XT-13" in page.inner_text("#caption")
    assert page.complaints == []


def test_what_is_known_of_caller_and_matter_stands_beside_the_form_while_one_types(app, open_page):  # S-04
    entry = {"title": "不动产登记要哪些材料", "answer": "带身份证和合同。"}
    with app.app_context():
        add_entry(entry, by=holder_of("task_force:dispatcher"))
        add_phrase({"text": "请耐心等候。", "whose": "service_hall"}, by=holder_of("service_hall:window_clerk"))
    page = open_page("chuangkou")
    register(page)
    page.goto("/register/xt_cannot")
    page.fill("#f-title", "不动产登记又要补材料")
    page.fill("#f-reporter_phone", "100 1234 5678")
    page.press("#f-reporter_phone", "Tab")
    page.wait_for_selector("#caller [data-asked]")
    assert REGISTRATION["title"] in page.inner_text("#caller")
    page.click("#answers summary")
    assert entry["answer"] in page.inner_text("#answers")
    page.fill("#f-request_text", "请受理。")
    page.click("[data-phrases]")
    page.click("#phrases button")
    assert page.input_value("#f-request_text") == "请受理。请耐心等候。"
    assert page.input_value("#f-title") == "不动产登记又要补材料"
    assert page.complaints == []


def test_a_condition_shows_and_hides_its_field_while_one_types(open_page):
    page = open_page("chuangkou")
    page.goto("/register/xt_cannot")
    assert page.is_visible("[data-key=difficulty]")
    page.select_option("#f-matter_kind", "petition")
    assert page.is_hidden("[data-key=difficulty]")
    page.select_option("#f-matter_kind", "gov_service")
    assert page.is_visible("[data-key=difficulty]")
    assert page.complaints == []


def test_a_wrong_form_puts_the_reader_at_the_summary(open_page):
    page = open_page("chuangkou")
    page.goto("/register/xt_cannot")
    page.fill("#f-title", "只填了标题")
    page.click(".send .btn-primary")
    page.wait_for_selector("#problems:focus")
    assert page.input_value("#f-title") == "只填了标题"
    page.click("#problems a >> nth=0")
    assert page.evaluate("document.activeElement.id || location.hash") in ("f-reporter_name", "#f-reporter_name")


@pytest.mark.parametrize("width", [390, 1440])
def test_no_page_is_wider_than_the_screen(open_page, width):
    page = open_page("chuangkou", width)
    register(page)
    for address in (
        "/",
        "/?box=unit",
        "/?box=started",
        "/?box=drafts",
        "/cases",
        page.url,
        "/register/xt_cannot",
        "/nowhere",
        "/clauses",
        "/flows/xt_cannot",
    ):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address


def test_the_keyboard_reaches_the_text_at_once(open_page):
    page = open_page("chuangkou")
    page.goto("/cases")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


#: Everything a finger may aim at that is lower than 44 px; a tick box counts with its label.
TOO_SMALL = """() => [...document.querySelectorAll('a, button, input, select, textarea, summary')]
  .filter((one) => one.checkVisibility() && one.type !== 'hidden' && !one.matches('.skip, .bjs-powered-by'))
  .map((one) => one.closest('.form-check') ?? one)
  .filter((one) => one.getBoundingClientRect().height < 43.5)
  .map((one) => one.outerHTML.slice(0, 120))"""


def test_on_a_phone_everything_is_large_enough_for_a_finger(open_page):
    page = open_page("chuangkou", 390)
    register(page)
    case = page.url
    for address in ("/", "/?box=unit", "/cases", case, "/register/xt_cannot", "/notices", "/password", "/nowhere"):
        page.goto(address)
        assert page.evaluate(TOO_SMALL) == [], address
    page.goto("/register/xt_cannot")
    button, bar = (page.locator(each).bounding_box() for each in (".send .btn-primary", ".bar nav"))
    assert button["y"] + button["height"] <= bar["y"]  # what sticks above the bar is not under it
    page.click("text=存草稿")
    for address in (page.url, "/?box=started", "/?box=drafts"):
        page.goto(address)
        assert page.evaluate(TOO_SMALL) == [], address
    page.click(".throw-away summary")
    assert page.evaluate(TOO_SMALL) == []
    page = open_page("fenliu", 390)
    page.click(".rows .title")
    page.click(".more-acts summary")
    assert page.evaluate(TOO_SMALL) == []
    page.click(".more-acts >> text=加签")
    assert page.evaluate(TOO_SMALL) == []


HOME = "/organisation"
OF_ADMINISTRATORS = {
    "guanli": (
        *(HOME, f"{HOME}/units/natural_resources", f"{HOME}/new-unit", f"{HOME}/units/tax/post"),
        *(f"{HOME}/units/tax/change", f"{HOME}/excel"),
    ),
    "anquan": (
        *(f"{HOME}/units/tax", f"{HOME}/people", f"{HOME}/people/ziran", f"{HOME}/people/ziran/hand-over"),
        *(f"{HOME}/new-person", f"{HOME}/posts/tax/liaison/substitute"),
    ),
    "shenji": ("/audit", "/audit/chain"),
}


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("person", OF_ADMINISTRATORS)
def test_the_pages_of_the_three_administrators_fit_the_screen_and_a_finger(open_page, person, width):
    page = open_page(person, width)
    for address in OF_ADMINISTRATORS[person]:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address
        if width == 390:
            assert page.evaluate(TOO_SMALL) == [], address
    assert page.complaints == []


def test_a_substitute_does_the_work_of_the_post_and_the_case_says_for_whom(open_page):
    window, admin = open_page("chuangkou"), open_page("anquan")
    register(window)
    admin.goto("/organisation/units/task_force")
    admin.click("tr:has-text('dispatcher') >> text=代理")
    admin.fill("#f-person", "孟超")
    for day in ("#f-since", "#f-until"):
        admin.fill(day, admin.get_attribute(day, "min"))  # today, as the server sees it
    admin.click(".send .btn-primary")
    admin.wait_for_url("**/units/task_force")
    substitute = open_page("shuiwu")
    assert "分流员（代李建国）" in substitute.inner_text(".who")
    substitute.click(".rows .do button")
    substitute.wait_for_url("**/tasks/*")
    window.reload()
    assert "孟超 代 李建国（工作专班（县行政审批局））" in window.inner_text(".timeline")
    admin.click("tr:has-text('dispatcher') >> text=结束")
    admin.click("text=确认结束代理")
    substitute.goto("/")
    assert "代李建国" not in substitute.inner_text(".who")
    assert window.complaints == admin.complaints == substitute.complaints == []


def test_a_draft_is_kept_and_thrown_away_from_a_form_with_scripts(open_page):
    page = open_page("chuangkou")
    page.goto("/register/xt_cannot")
    page.fill("#f-title", "老房产证面积不符")
    page.click("text=存草稿")
    page.wait_for_selector(".begun")
    assert page.input_value("#f-title") == "老房产证面积不符"
    page.click(".begun summary")
    page.click(".begun button")
    page.wait_for_selector(".begun", state="detached")
    assert page.input_value("#f-title") == ""
    assert page.complaints == []


def names_stand(page) -> tuple[float, float]:
    """How large the drawing is shown, and how much of the first step lies left of the frame, in pixels."""
    return page.evaluate(
        """() => {
            const matrix = document.querySelector('#canvas .viewport').getScreenCTM();
            const step = document.querySelector('[data-element-id=N01_start]').getBoundingClientRect();
            return [matrix.a, Math.max(0, document.getElementById('canvas').getBoundingClientRect().left - step.left)];
        }"""
    )


@pytest.mark.parametrize("width", [1440, 390])
def test_a_large_drawing_begins_where_its_flow_begins_and_can_be_read(open_page, width):
    page = open_page("guanli", width)
    page.goto("/flows/xx_hotline")
    page.wait_for_selector("body[data-ready]")
    scale, cut = names_stand(page)
    assert 0.6 <= scale <= 1
    assert cut == 0
    page.click("#diagram-fit")
    pool, frame = (page.locator(each).bounding_box() for each in ("[data-element-id=pool_xx_hotline]", "#canvas"))
    assert frame["x"] <= pool["x"]
    assert pool["x"] + pool["width"] <= frame["x"] + frame["width"]
    assert names_stand(page)[0] < scale
    assert page.complaints == []


def test_the_next_drawing_chosen_has_a_frame_of_its_own_height(open_page):
    page = open_page("guanli")
    page.goto("/flows/xx_hotline")
    page.wait_for_selector("body[data-ready]")
    tall = page.locator("#canvas").bounding_box()["height"]
    with page.expect_response("**/ca09_transfer_out.bpmn"):
        page.select_option("#diagram-pick", "ca09_transfer_out")
    page.wait_for_function("(tall) => document.getElementById('canvas').clientHeight < tall", arg=tall)


def test_the_list_is_worked_by_keyboard(open_page):
    clerk = open_page("chuangkou")
    register(clerk)
    register(clerk)
    page = open_page("fenliu")
    titles = page.locator(".rows a.title")
    focused = "document.activeElement.getAttribute('href')"
    first, second = (titles.nth(number).get_attribute("href") for number in (0, 1))
    for key, where in (("j", first), ("j", second), ("k", first), ("ArrowDown", second), ("j", second)):
        page.keyboard.press(key)
        assert page.evaluate(focused) == where
    page.keyboard.press("x")
    page.keyboard.press("c")
    assert "认领了 1 项任务。" in page.locator(".notice[role=status]").inner_text()
    page.keyboard.press("?")
    assert page.locator("dialog h2").inner_text() == "快捷键"
    page.keyboard.press("j")
    assert page.locator("dialog").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.wait_for_url("**/cases#search")
    page.keyboard.type("jk?")
    assert page.input_value("#search") == "jk?"
    assert page.complaints == []


def test_letters_do_nothing_for_who_turned_them_off_or_types(open_page):
    register(open_page("chuangkou"))
    page = open_page("fenliu")
    page.focus(".narrow select")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") == "SELECT"
    page.click("#keys")
    page.uncheck("#keys-on")
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("j")
    page.keyboard.press("?")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    assert not page.locator("dialog").is_visible()


def test_an_open_list_hears_of_new_tasks_and_keeps_its_rows(open_page):
    page = open_page("fenliu")
    page.clock.install()
    page.reload()
    assert page.locator("#badge").is_hidden()
    register(open_page("chuangkou"))
    with page.expect_response("**/badge?*"):
        page.clock.run_for(61_000)
    page.wait_for_function("document.getElementById('fresh').textContent === '有 1 项新待办，刷新'")
    assert page.locator("#badge span").first.inner_text() == "1"
    assert page.locator(".rows").count() == 0
    page.click("#fresh a")
    page.wait_for_selector(".rows a.title")
    assert page.locator("#fresh").inner_text() == ""
    assert page.complaints == []


HOSTILE = "<img src=x onerror=hit()><script>hit()</script>\"'{{7*7}}"
TEXTS = "form[data-form] input[type=text]:not([disabled]), form[data-form] textarea:not([disabled])"


def test_script_in_every_text_field_stays_text_and_a_double_click_registers_once(open_page):
    page = open_page("chuangkou")
    page.goto("/register/xt_cannot")
    for field in page.locator(TEXTS).all():
        if field.is_visible():
            field.fill(HOSTILE)
    page.fill("#f-reporter_phone", "10012345678")
    page.fill("#f-reporter_id", "")  # no text: a number with its check digit
    page.select_option("#f-matter_org", "natural_resources")
    page.fill("#f-reporter_name", "<b>王</b>小明")  # a name alone is masked wherever it stands
    page.dblclick(".send .btn-primary")
    page.wait_for_url("**/cases/*")
    case = page.url
    office = open_page("fenliu")
    assert office.locator(".rows a.title").count() == 1
    task = office.locator(".rows a.title").get_attribute("href")
    for address in ("/", "/cases", "/cases?search=" + HOSTILE, "/notices", case, task, f"{task}/pass-on"):
        office.goto(address)
        assert office.locator("[onerror], script:text('hit()')").count() == 0, address
        assert HOSTILE in office.inner_text("main") or address == "/notices", address
    assert office.complaints == page.complaints == []
