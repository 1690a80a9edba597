"""A manager maps a step by picking it on the drawings of both versions, in a real browser."""

from models import SYSTEM
from operations.gate.instances import start_process
from operations.house.deployments import deploy
from reference import definitions
from tests.web.real_browser import needs_browser, open_page, served, url

__all__ = ["open_page", "served", "url"]  # fixtures

pytestmark = needs_browser
STEP, RENAMED = "N02_register", "N02_write_down"


def test_a_step_that_cases_stand_on_is_mapped_by_two_clicks(app, open_page):
    with app.app_context():
        start_process("xt_cannot", {}, by=SYSTEM)
        files = definitions.all_files(definitions.newest("xt_cannot").id)
        drawn = files["xt_cannot.bpmn"].replace(STEP.encode(), RENAMED.encode())
        deploy("xt_cannot", files | {"xt_cannot.bpmn": drawn})
    page = open_page("liucheng")
    page.goto("/studio/flows/xt_cannot/migrate")
    page.wait_for_selector("body[data-ready]")
    assert page.inner_text(f".canvas.old [data-container-id={STEP}] .token") == "在办 1"
    page.click(f".canvas.old [data-element-id={STEP}]", force=True)
    page.click(f".canvas.new [data-element-id={RENAMED}]", force=True)
    assert page.input_value(f"select[data-element={STEP}]") == RENAMED
    page.click("button:text('重新判断')")
    page.wait_for_selector("text=可以迁移 1 件")
    assert page.complaints == []
