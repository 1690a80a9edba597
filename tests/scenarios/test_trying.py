"""A draft's scenarios are tried in the background, in a process of their own, and each outcome is kept (C-11)."""

import sys
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from commands.trials import register
from models import SYSTEM, CalendarEdition, FlowDraft, FlowDraftValue, Job, TrialOutcome, session
from operations.house.calendars import edit_calendar
from operations.house.deployments import deploy
from operations.studio.drafts import begin_draft, save_file
from operations.studio.jobs import stop_job
from operations.studio.trials import begin_trial, keep_outcome, try_scenarios
from operations.ticking.jobs import play_jobs
from scenarios.bench import outcomes_now
from scenarios.child import TrialBroken
from scenarios.trying import play_some
from tests.people import person
from tests.scenarios.small import REGISTER
from tests.small_flow import FILES

#: The SQL is the same everywhere, and each process costs seconds.
pytestmark = pytest.mark.parametrize("template", ["sqlite"], indirect=True)

GOOD = (
    "假如 现在是 2026-03-12 09:00",
    REGISTER,
    "那么 时限“handle”到期于 2026-03-18",
    "当 县自然资源局经办人完成“办理”：",
    "  | 办理情况 | 已办好 |",
)
BY_THE_TEXT = ("假如 现在是 2026-03-12 09:00", REGISTER, "那么 时限“handle”到期于 2026-03-20")  # five working days
BAD = (REGISTER, "那么 待办是 “核查”")


def feature(*scenarios: tuple[str, ...]) -> bytes:
    told = [["  场景: 试", *(f"    {step}" for step in steps)] for steps in scenarios]
    return "\n".join(["# language: zh-CN", "功能: 试", *(line for lines in told for line in lines)]).encode()


@pytest.fixture
def draft(county: None) -> FlowDraft:
    """Of the small flow, with three working days to handle (one of them off here) and a scenario that fails."""
    deploy("small", FILES)
    edition = session.scalars(select(CalendarEdition)).one()
    edit_calendar(edition.announcements, [(date(2026, 3, 17).isoformat(), False, "停工")], by=SYSTEM, reason="停工")
    draft = begin_draft("small", "签收以后现场踏勘", by=person("sheji"))
    draft.values.append(FlowDraftValue(key="xt.handle_days.general", value=3, basis="某文"))
    session.commit()
    for name, content in (("试", feature(GOOD, BAD, BY_THE_TEXT)), ("坏", "功能: 坏\n乱写".encode())):
        save_file(draft.id, f"scenarios/{name}.feature", content, seen=0, by=person("sheji"))
    return draft


def outcomes() -> dict[tuple[str, int], TrialOutcome]:
    return {(row.file, row.line): row for row in session.scalars(select(TrialOutcome))}


def test_every_scenario_is_played_as_the_draft_would_run_here_and_told_apart(draft):
    register()
    job = try_scenarios(draft.id, by=person("liucheng"))
    assert try_scenarios(draft.id, by=person("sheji")).id == job.id
    play_jobs()
    [differing] = job.result.pop("differing")
    assert (job.state, job.problem, job.result) == ("done", "", {"passed": 2, "failed": 2})
    assert differing[:3] == ["scenarios/试.feature", 12, "试"]
    assert "2026-03-18" in differing[3]
    good, bad = outcomes()["scenarios/试.feature", 3], outcomes()["scenarios/试.feature", 9]
    assert good.failure == {}
    assert {"sign", "handle", "done"} <= set(good.walked["small"])
    assert good.ways[0]["frames"][0]["at"] == "2026-03-12 09:00"
    assert (bad.failure["line"], bad.failure["step"]) == (11, "那么 待办是 “核查”")
    assert "实为：“办理”" in bad.failure["words"]
    assert "功能: 名称" in outcomes()["scenarios/坏.feature", 1].failure["words"]
    assert "handle" in [element[0] for element in job.progress["elements"]["small"]]

    save_file(draft.id, "scenarios/试.feature", feature(GOOD), seen=1, by=person("sheji"))
    one = try_scenarios(draft.id, file="scenarios/试.feature", line=3, by=person("sheji"))
    play_jobs()
    assert one.result == {"passed": 1, "failed": 0}
    assert {place: row.revision for place, row in outcomes().items()} == {
        ("scenarios/坏.feature", 1): 2,
        ("scenarios/试.feature", 3): 3,
    }


def test_what_changed_meanwhile_and_what_cannot_be_deployed_end_the_trial_in_words(draft):
    register()
    job = try_scenarios(draft.id, by=person("sheji"))
    save_file(
        draft.id, "small.bpmn", FILES["small.bpmn"].replace(b"case.number", b"case.numbr"), seen=0, by=person("sheji")
    )
    play_jobs()
    assert (job.state, job.problem) == ("failed", "试跑途中草稿又改了，请重新运行。")
    broken = try_scenarios(draft.id, by=person("sheji"))
    play_jobs()
    assert broken.state == "failed"
    assert "case.numbr" in broken.problem


def test_a_process_that_is_killed_or_hangs_ends_the_trial_in_words(draft, tmp_path):
    job = try_scenarios(draft.id, by=person("sheji"))
    with pytest.raises(TrialBroken, match="被系统终止"):
        play_some(job, answering(tmp_path, "os.kill(os.getpid(), 9)"))
    with pytest.raises(TrialBroken, match="“试”用的时间超过 1 秒"):
        play_some(job, answering(tmp_path, "threading.Event().wait()"), longest=1)


def test_an_older_trial_takes_no_newer_outcome_away(draft):
    older = begun(draft)
    save_file(draft.id, "README.md", "改".encode(), seen=0, by=person("sheji"))
    newer = begun(draft)
    outcome = {"file": "scenarios/x.feature", "line": 3, "name": "x", "milliseconds": 1, "failure": {}}
    outcome |= {"walked": {}, "ways": []}
    keep_outcome(newer, outcome)
    keep_outcome(older, outcome | {"failure": {"words": "旧"}})
    assert [each.failure for each in outcomes_now(draft)] == [{}]


def begun(draft):
    job = try_scenarios(draft.id, by=person("sheji")).id
    begin_trial(job, 1, {})
    return job


def test_who_stops_it_meanwhile_has_the_last_word(draft, tmp_path):
    job = try_scenarios(draft.id, by=person("sheji"))
    stop_job(job.id)
    told = {"file": "f", "line": 1, "name": "n", "milliseconds": 1, "failure": {}, "walked": {}, "ways": []}
    assert play_some(job, answering(tmp_path, f"print({str(told)!r}.replace(chr(39), chr(34)), flush=True)")) is False
    assert session.get_one(Job, job.id).state == "stopped"


def answering(where: Path, then: str) -> list[str]:
    """A program that has two scenarios to play and then does this."""
    program = where / "child.py"
    program.write_text(
        "import json, os, sys, threading\n"
        "sys.stdin.read()\n"
        'print(json.dumps({"plan": [["f", 1, "试"], ["f", 2, "再"]], "drawn": {}}), flush=True)\n'
        f"{then}\n"
    )
    return [sys.executable, str(program)]
