"""The scenarios of a draft as its designers see them: file by file, with how each went when it was last tried."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from errors import NotFound
from models import FlowDraft, Identity, Job, TrialOutcome, session
from models.job import PAUSED, WAITING
from models.studio import EDITING
from operations.studio.jobs import ahead_of
from operations.studio.opening import readable_draft
from operations.studio.trials import ALL, ONE, subject_of
from reference.flow_drafts import draft_files
from reference.flow_files import SCENARIOS
from scenarios.features import COMMON_FILE, Scenario, parse_text, scenarios_of
from scenarios.mistakes import Mistake, UnreadableFeature

PASSED, FAILED, UNTRIED = "passed", "failed", ""


@dataclass(frozen=True)
class ScenarioLine:
    """`verdict` of the draft as it is now; `failure` as TrialOutcome has it."""

    name: str
    line: int
    tags: tuple[str, ...]
    verdict: str
    failure: Mapping[str, Any]
    milliseconds: int
    came_somewhere: bool


@dataclass(frozen=True)
class FeatureFile:
    """`mistakes`: why it cannot be read; then it has no scenarios. `revision` goes back with a removal."""

    file: str
    label: str
    title: str
    is_background: bool
    revision: int
    scenarios: list[ScenarioLine]
    mistakes: list[Mistake]


@dataclass(frozen=True)
class Progress:
    """Of the trial that was asked for last. `stands`: whether it was of the draft as it is now; `ahead`: how many other
    jobs have their turn before it begins.
    """

    state: str
    done: int
    total: int
    problem: str
    stands: bool
    passed: int
    failed: int
    ahead: int

    @property
    def goes_on(self) -> bool:
        return self.state in (WAITING, PAUSED)


@dataclass(frozen=True)
class FeaturePage:
    draft: FlowDraft
    label: str

    @property
    def editable(self) -> bool:
        return self.draft.state == EDITING


@dataclass(frozen=True)
class ScenarioBench:
    draft: FlowDraft
    features: list[FeatureFile]
    progress: Progress | None

    @property
    def editable(self) -> bool:
        return self.draft.state == EDITING

    def number(self, verdict: str) -> int:
        """Of the scenarios that went so."""
        return sum(each.verdict == verdict for feature in self.features for each in feature.scenarios)


def scenario_bench(draft_id: int, by: Identity) -> ScenarioBench:
    """Raises NotFound."""
    draft = readable_draft(draft_id, by)
    return ScenarioBench(draft, list(_features(draft)), progress_of(draft))


def feature_page(draft_id: int, file: str, by: Identity) -> FeaturePage:
    """Raises NotFound."""
    draft = readable_draft(draft_id, by)
    if file not in draft_files(draft) or not file.endswith(".feature"):
        raise NotFound
    return FeaturePage(draft, label(file))


def progress_of(draft: FlowDraft) -> Progress | None:
    mine = (Job.subject == subject_of(draft.id)) & Job.kind.in_((ALL, ONE))
    job = session.scalar(select(Job).where(mine).order_by(Job.id.desc()).limit(1))
    if job is None:
        return None
    stands = job.asked["revision"] == draft.revision
    passed, failed = job.result.get("passed", 0), job.result.get("failed", 0)
    return Progress(job.state, job.done, job.total, job.problem, stands, passed, failed, ahead_of(job))


def outcomes_now(draft: FlowDraft, file: str | None = None) -> list[TrialOutcome]:
    """Of the draft as it is now, in the order of their places; of one file, or of all."""
    mine = (TrialOutcome.draft_id == draft.id) & (TrialOutcome.revision == draft.revision)
    rows = select(TrialOutcome).where(mine).order_by(TrialOutcome.file, TrialOutcome.line)
    return list(session.scalars(rows if file is None else rows.where(TrialOutcome.file == file)))


def outcome_at(draft_id: int, file: str, line: int, by: Identity) -> TrialOutcome:
    """How the scenario at this place went. Raises NotFound."""
    row = session.get(TrialOutcome, (readable_draft(draft_id, by).id, file, line))
    if row is None:
        raise NotFound("这个场景还没有运行过。")
    return row


def _features(draft: FlowDraft) -> Iterator[FeatureFile]:
    files, tried = draft_files(draft), {(row.file, row.line): row for row in outcomes_now(draft)}
    revisions = {file.name: file.revision for file in draft.files}
    for file in sorted(name for name in files if name.endswith(".feature")):
        title, scenarios, mistakes = _read(file, files[file])
        yield FeatureFile(
            file=file,
            label=label(file),
            title=title,
            is_background=file == COMMON_FILE,
            revision=revisions.get(file, draft.base_revision),
            scenarios=[_line(scenario, tried.get((file, scenario.line))) for scenario in scenarios],
            mistakes=mistakes,
        )


def label(file: str) -> str:
    """What designers call a file of scenarios."""
    return file.removeprefix(SCENARIOS).removesuffix(".feature")


def _read(name: str, content: bytes) -> tuple[str, list[Scenario], list[Mistake]]:
    try:
        document = parse_text(name, content.decode())
    except UnicodeDecodeError:
        return "", [], [Mistake(1, "不是 UTF-8 文本。")]
    except UnreadableFeature as error:
        return "", [], list(error.mistakes)
    return (document.get("feature") or {}).get("name", ""), scenarios_of(document, Path(name)), []


def _line(scenario: Scenario, row: TrialOutcome | None) -> ScenarioLine:
    verdict = UNTRIED if row is None else FAILED if row.failure else PASSED
    failure, spent = (row.failure, row.milliseconds) if row else ({}, 0)
    return ScenarioLine(scenario.name, scenario.line, scenario.tags, verdict, failure, spent, bool(row and row.ways))
