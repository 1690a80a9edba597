"""A designer drew a case that never ends, and sees how it comes there."""

import json
import re

from operations.studio.drafts import begin_draft, save_file
from tests import small_flow
from tests.engine.diagrams import both, diagram, end, start, user, xor
from tests.people import person

HANDLER = {"candidates": small_flow.HANDLER, "form": "F.handle"}
STUCK = diagram(
    "small",
    start(),
    user("handle", name="办理", **HANDLER),
    xor("choose", name="会办？"),
    user("alone", name="自办", **HANDLER),
    user("helped", name="会办", **HANDLER),
    both("join", name="汇合"),
    end(),
    flows="start handle choose; choose -> alone: again; choose -> helped: else; alone join; helped join; join end",
)
SENTENCE = "「汇合」（join）会一直等下去：「会办？」（choose）走了“自办”以后，从「会办」（helped）来的一路永远等不到。"


def _draft(app, content: bytes | None) -> str:
    with app.app_context():
        draft = begin_draft("small", "增加会办", by=person("sheji"))
        if content is not None:
            save_file(draft.id, "small.bpmn", content, seen=0, by=person("sheji"))
        return f"/studio/drafts/{draft.id}"


def test_the_page_tells_the_fault_and_replays_the_way_there(app, browser):
    page = browser("sheji").get(f"{_draft(app, STUCK)}/sound").text
    assert SENTENCE in page
    [drawing] = json.loads(re.search(r'id="page-data">(.*?)</script>', page, re.DOTALL)[1])["diagrams"]
    assert drawing["tokens"] == {"join": 1}
    assert drawing["done"] == ["alone", "choose", "handle", "start"]
    told = [frame["what"] for frame in drawing["frames"]]
    assert told[-2:] == [
        "「会办？」（choose）走了“自办”",
        "「自办」（alone）办完",
    ]


def test_a_draft_as_it_was_published_can_always_end(app, browser):
    designer = browser("sheji")
    address = f"{_draft(app, None)}/sound"
    assert "每个事项都能走到结束" in designer.get(address).text


def test_an_editor_asks_for_what_it_has_not_saved(app, browser):
    designer, address = browser("sheji"), _draft(app, None)
    headers = {"X-CSRFToken": designer.hidden(address)["csrf_token"]}
    asked = f"{address}/counterexample?file=small.bpmn"
    [found] = designer.client.post(asked, data=STUCK, headers=headers).json
    assert (found["element"], found["message"], found["file"]) == ("join", SENTENCE, "small.bpmn")
    assert found["frames"][-1]["waits"] == ["join"]
    assert designer.client.post(asked, data=b"<a/>", headers=headers).json == []
