"""A designer submits, a manager approves, each on the page of the draft."""

import re

from operations.studio.drafts import begin_draft, save_file
from tests.operations.publishing import pass_scenarios
from tests.people import person
from tests.web.flow import FILES


def test_a_designer_submits_and_a_manager_approves(app, browser):
    designer, manager = browser("sheji"), browser("liucheng")
    with app.app_context():
        draft = begin_draft("small", "办理改为踏勘", by=person("sheji"))
        changed = FILES["small.bpmn"].replace('name="办理"'.encode(), 'name="踏勘"'.encode())
        broken = changed.replace(b"bpmn:endEvent", b"bpmn:task")
        save_file(draft.id, "small.bpmn", broken, seen=0, by=person("sheji"))
    address = f"/studio/drafts/{draft.id}/publish"
    assert "diagram/small.bpmn#" in designer.get(address).text  # where each problem stands
    with app.app_context():
        save_file(draft.id, "small.bpmn", changed, seen=1, by=person("sheji"))
    refused = designer.send(f"{address}/submit", page=address, revision=revision_on(designer, address))
    assert refused.status_code == 422
    assert "还没有试跑场景" in refused.text
    assert "场景和现行版本一样，没有删改" in refused.text
    designer.send(f"{address}/try-version", page=address)
    assert "现行版本的场景正在试跑" in designer.get(address).text
    with app.app_context():
        pass_scenarios(draft.id)
    revision = revision_on(designer, address)
    assert designer.send(f"{address}/submit", page=address, revision=revision).status_code == 303
    assert designer.send(f"{address}/approve", page=address).status_code == 403
    assert "流程设计（1）" in manager.get("/cases").text
    assert "等您审核" in manager.get("/studio").text
    unseen = manager.send(f"{address}/approve", page=address, at="", revision=str(int(revision) - 1))
    assert unseen.status_code == 409  # withdrawn, changed and submitted again meanwhile
    assert "核对" in unseen.text
    late = manager.send(f"{address}/approve", page=address, at="2026-03-12T08:00", revision=revision)
    assert "今后一年以内" in late.text
    assert manager.send(f"{address}/approve", page=address, at="", revision=revision).status_code == 303
    assert "段立新：发布" in designer.get("/studio").text


def revision_on(browser, address):
    return re.search(r'name="revision" value="(\d+)"', browser.get(address).text)[1]
