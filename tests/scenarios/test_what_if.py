"""Real cases are played again under a draft, beside what really came of them (issue 5.6). Of a step that somebody may
not know of they are told nothing (XT-20).
"""

import pytest
from sqlalchemy import select

from commands.trials import register
from models import Submission, WhatIfCase, session
from models.clock import VirtualClock
from operations.house.folders import deploy_folder
from operations.studio.drafts import begin_draft, save_file
from operations.studio.whatif import start_what_if
from operations.ticking.jobs import run_jobs
from scenarios.whatif.outcomes import Outcome
from scenarios.whatif.page import what_if_page
from scenarios.whatif.verdicts import NOT_REPLAYED, SAME, STUCK, told
from tests.people import person
from tests.scenarios.finished import XT, finish

DIAGRAM = "xt_cannot.bpmn"
#: 签收 is before another post; two working days later it counts as signed.
LIAISON, HANDLER = b"post(lead_org, &quot;liaison&quot;)", b"post(lead_org, &quot;leader&quot;)"


@pytest.fixture
def cases(county: None, clock: VirtualClock) -> dict[str, int]:
    deploy_folder(XT)
    return finish(clock)


@pytest.mark.parametrize("template", ["sqlite"], indirect=True)
def test_a_draft_that_puts_a_step_elsewhere_leaves_them_waiting_and_what_cannot_be_replayed_is_counted_apart(cases):
    register()
    tampered = select(Submission).where(Submission.case_id == cases["第四日办结"], Submission.element == "N02_register")
    form = session.scalars(tampered).one()
    form.values = {key: value for key, value in form.values.items() if key != "title"}
    session.commit()
    draft = begin_draft("xt_cannot", "负责人签收", by=person("sheji"))
    content = (XT / DIAGRAM).read_bytes()
    assert LIAISON in content
    save_file(draft.id, DIAGRAM, content.replace(LIAISON, HANDLER), seen=0, by=person("sheji"))
    job = start_what_if("xt_cannot", draft.id, {}, 92, by=person("liucheng"))
    run_jobs()
    assert (job.state, job.problem, job.done) == ("done", "", 3)
    page = what_if_page(job.id, person("liucheng"))
    assert page.numbers == {STUCK: 1, "way": 1, SAME: 0, NOT_REPLAYED: 1}
    [waiting], [unclear] = page.listed(STUCK, 0).rows, page.listed(NOT_REPLAYED, 0).rows
    assert (waiting.title, waiting.words.partition("；")[0]) == ("次日办结", "停在：办理")
    assert "办不了：签收" in waiting.words
    assert unclear.words == "这一步的表单不收当时填的“title”。"

    again = start_what_if("xt_cannot", draft.id, {}, 92, by=person("liucheng"))
    save_file(draft.id, DIAGRAM, content, seen=1, by=person("sheji"))
    run_jobs()
    assert (again.state, again.problem) == ("failed", "推演途中草稿又改了，请重新推演。")


def test_who_may_not_know_of_a_clue_reads_that_nothing_is_different():
    before = Outcome({"N10": 1}, {}, {}, 0, [], [], ended=True)
    after = Outcome({"N10": 1, "N19": 1}, {"N19": 1}, {}, 1, ["N19"], ["N19"], ended=False)
    row = WhatIfCase(case_id=1, why="", before=before.told(), after=after.told(), left=[])
    names = {"N19": "登记线索"}
    known, covered = told(row, (), names, names, clues=True), told(row, ("N19",), names, names, clues=False)
    assert (known.verdict, known.words) == (STUCK, "停在：登记线索；逾期：登记线索；问责线索多：1 条")
    assert (covered.verdict, covered.words) == (SAME, "")
    unclear = WhatIfCase(case_id=1, why="多走“登记线索”", before={}, after={}, left=[])
    assert told(unclear, ("N19",), names, names, clues=False).words == "有的环节您无权查看"
