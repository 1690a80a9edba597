"""督办 by hand in the browser: from the row of the desk to the unit's inbox."""

from datetime import timedelta

from models import SYSTEM
from operations.house.deployments import write_version
from operations.house.folders import BPMN, read_folder
from operations.ticking.clock import tick
from tests.web.browser import path_of

ORDER = r"/cases/\d+/order\?unit=natural_resources"


def test_a_unit_is_ordered_from_the_desk_answers_and_is_released(app, window, liaison, browser, clock):
    window.send("/register/small", title="办不成")
    with app.app_context():
        for key, files in read_folder(BPMN / "db_order").items():
            write_version(key, files, by=SYSTEM)
        clock.now += timedelta(days=21)
        tick()
    supervisor = browser("ducha")
    address = supervisor.first(ORDER, "/desk")
    said = {"ordered_unit": "natural_resources", "order_text": "请写明进展"}

    wrong = supervisor.send(address, **said, order_days="0")
    assert wrong.status_code == 422
    assert "请写明进展" in wrong.text

    made = path_of(supervisor.send(address, **said, order_days="5"))
    assert "督办单〔2026〕1号" in supervisor.get(made).text
    assert "还没有解除的督办单" in supervisor.get(address).text
    again = supervisor.send(address, **said, order_days="5")
    assert again.status_code == 422
    assert "不能再给这家单位出督办单" in again.text
    assert "督办：办不成" in liaison.get("/").text

    task = liaison.first(r"/tasks/[^/]+", made)
    assert "请写明进展" in liaison.get(task).text
    liaison.send(task, feedback="已办", objection="不是本单位拖延", feedback_sign="分管领导")
    check = supervisor.first(r"/tasks/[^/]+", made)
    assert "不是本单位拖延" in supervisor.get(check).text
    answer = {"verify_result": "release", "verify_words": "属实", "objection_reply": "予以采纳"}
    supervisor.send(check, **answer)
    assert "督办单解除：属实；对异议的答复：予以采纳" in liaison.get("/notices").text
