"""Whoever approves a draft sees which scenarios are gone or say something else, and what none walks any more (C-11)."""

import json
import sys
from functools import partial

import pytest

from commands.trials import register
from operations.house.deployments import deploy
from operations.studio.drafts import begin_draft, save_file
from operations.studio.jobs import PIECES
from operations.studio.trials import ALL, VERSION, try_scenarios, try_version
from operations.ticking.jobs import play_jobs
from scenarios.trying import play_some
from scenarios.weighing import Coverage, weighed
from tests.people import person
from tests.small_flow import FILES

#: The SQL is the same everywhere.
pytestmark = pytest.mark.parametrize("template", ["sqlite"], indirect=True)
FILE = "scenarios/试.feature"
DRAWN = {"processes": {}, "elements": {"small": [[id_, "small", f"「{id_}」"] for id_ in ("sign", "handle", "urge")]}}


def told(**scenarios: str) -> bytes:
    lines = [line for name, step in scenarios.items() for line in (f"  场景: {name}", f"    {step}")]
    return "\n".join(["# language: zh-CN", "功能: 试", *lines]).encode()


def walking(monkeypatch, kind, *elements):
    """Trials of this kind are played by a program that says these were walked."""
    about = {"file": FILE, "line": 3, "name": "一", "milliseconds": 1, "failure": {}, "ways": []}
    lines = [{"plan": [[FILE, 3, "一"]], "drawn": DRAWN}, about | {"walked": {"small": elements}}]
    said = "\n".join(json.dumps(line) for line in lines)
    program = [sys.executable, "-c", f"import sys; sys.stdin.read(); print({said!r})"]
    monkeypatch.setitem(PIECES, kind, partial(play_some, command=program))


def test_an_approver_sees_what_the_scenarios_proved_before_and_prove_now(county, monkeypatch):
    register()
    by = person("sheji")
    deploy("small", FILES | {FILE: told(一="当 过了 1 天", 二="当 过了 2 天", 三="当 过了 3 天")})
    draft = begin_draft("small", "少几个场景", by=by)
    save_file(draft.id, FILE, told(一="当 过了 1 天", 二="当 过了 9 天", 四="当 过了 4 天"), seen=0, by=by)
    assert (weighed(draft).before, weighed(draft).after) == (None, None)
    walking(monkeypatch, ALL, "sign")
    walking(monkeypatch, VERSION, "sign", "handle")
    try_scenarios(draft.id, by=by)
    for _ in range(2):  # once is enough
        try_version(draft.id, by=person("liucheng"))
        play_jobs()
    found = weighed(draft)
    assert (found.removed, found.changed, found.added, found.background) == (["三"], ["二"], ["四"], False)
    assert (found.before, found.after) == (Coverage(2, 3), Coverage(1, 3))
    assert found.lost == ["「handle」"]
