"""Real cases are played again under a draft, beside what really came of them (issue 5.6). Of a step that somebody may
not know of they are told nothing (XT-20).
"""

import json
from dataclasses import asdict

import pytest
from sqlalchemy import select

from commands.trials import register
from engine import Definition, parse
from models import Submission, WhatIfCase, session
from models.clock import VirtualClock
from operations.house.folders import deploy_folder
from operations.house.parameters import set_parameter
from operations.studio.drafts import begin_draft, rename_draft, save_file
from operations.studio.whatif import BadWhatIf, start_what_if
from operations.ticking.jobs import play_jobs
from scenarios.whatif.knowing import Known
from scenarios.whatif.outcomes import Outcome
from scenarios.whatif.page import what_if_page
from scenarios.whatif.verdicts import COVERED, NOT_REPLAYED, SAME, STUCK, told
from tests.engine.diagrams import diagram, end, start, user
from tests.people import person
from tests.scenarios.finished import XT, finish
from tests.small_flow import form

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
    typed = session.scalars(tampered).one()
    typed.values = {key: value for key, value in typed.values.items() if key != "title"}
    session.commit()
    set_parameter("xt.handle_days.general", 1, by=person("liucheng"), basis="潭县政发〔2026〕9号")  # no draft's doing
    draft = begin_draft("xt_cannot", "负责人签收", by=person("sheji"))
    content = (XT / DIAGRAM).read_bytes()
    assert LIAISON in content
    save_file(draft.id, DIAGRAM, content.replace(LIAISON, HANDLER), seen=0, by=person("sheji"))
    job = start_what_if("xt_cannot", draft.id, {}, 92, by=person("liucheng"))
    play_jobs()
    assert (job.state, job.problem, job.done) == ("done", "", 3)
    page = what_if_page(job.id, person("liucheng"))
    assert page.numbers == {STUCK: 1, "way": 1, SAME: 0, NOT_REPLAYED: 1}
    [waiting], [unclear] = page.listed(STUCK, 0).rows, page.listed(NOT_REPLAYED, 0).rows
    assert (waiting.title, waiting.words.partition("；")[0]) == ("次日办结", "停在：办理")
    assert "办不了：签收" in waiting.words
    assert unclear.words == COVERED
    [other] = page.listed("way", 0).rows
    assert "不再逾期：办理时限" in other.words
    assert (page.moved_on, page.drawings[0].file) == (False, DIAGRAM)

    again = start_what_if("xt_cannot", draft.id, {}, 92, by=person("liucheng"))
    with pytest.raises(BadWhatIf, match="还没有做完"):
        start_what_if("xt_cannot", draft.id, {}, 31, by=person("liucheng"))
    save_file(draft.id, DIAGRAM, content, seen=1, by=person("sheji"))
    play_jobs()
    assert (again.state, again.problem) == ("failed", "推演途中草稿又改了，请重新推演。")
    rename_draft(draft.id, "又一稿", by=person("sheji"))
    page = what_if_page(job.id, person("liucheng"))
    assert (page.moved_on, page.drawings[0].file) == (True, "")
    assert page.line.about == "草稿“负责人签收”，最近一季度"


def test_who_may_not_know_of_a_clue_reads_that_nothing_is_different():
    before = Outcome({"N10": 1}, {}, {}, 0, [], [], ended=True)
    after = Outcome({"N10": 1, "N19": 1}, {"N19": 1}, {}, 1, ["N19"], ["N19"], ended=False)
    row = WhatIfCase(case_id=1, why="", before=before.told(), after=after.told(), left=[])
    names = {"N19": "登记线索"}
    known, covered = told(row, (), names, names, clues=True), told(row, ("N19",), names, names, clues=False)
    assert (known.verdict, known.words) == (STUCK, "停在：登记线索；逾期：登记线索；问责线索多：1 条")
    assert (covered.verdict, covered.words) == (SAME, "")
    unclear = WhatIfCase(case_id=1, why="多走“登记线索”", before={}, after={}, left=[])
    assert told(unclear, ("N19",), names, names, clues=False).words == COVERED


def test_what_one_version_keeps_secret_stays_so_whatever_another_does():
    def version(**more: str) -> Definition:
        drawn = diagram("small", start(), user("seen", name="处理线索", **more), end(), flows="start seen end")
        return parse("small", {"small.bpmn": drawn, "f.form.json": form("F")})

    known = Known().with_([version(confidential="yes")]).with_([version()])
    assert Known.read(json.loads(json.dumps(asdict(known)))).secrets == ["seen"]
