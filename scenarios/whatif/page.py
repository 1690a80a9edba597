"""What would have come of real cases, for a manager: in numbers before and after, by element, and case by case."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import select

from models import Case, FlowDraft, Identity, Job, ProcessDefinition, User, WhatIfCase, session
from models.job import PAUSED, WAITING
from models.studio import DISCARDED
from operations.gate.visibility import visible
from operations.studio.checking import file_of
from operations.studio.jobs import about_flow
from operations.studio.whatif import KIND, PERIODS, flow_of, require_may, what_if_job
from queries.pages import Page, page_of
from reference import definitions
from reference.flow_drafts import draft_files
from reference.privacy import listed
from scenarios.whatif.knowing import Known
from scenarios.whatif.outcomes import Outcome
from scenarios.whatif.verdicts import NAMES, NOT_REPLAYED, Told, told

ROWS = 50


@dataclass(frozen=True)
class WhatIfLine:
    """`about`: what is asked, in words."""

    id: int
    about: str
    state: str
    done: int
    total: int
    problem: str
    by: str
    at: datetime

    @property
    def goes_on(self) -> bool:
        return self.state in (WAITING, PAUSED)


@dataclass(frozen=True)
class CaseLine:
    case_id: int
    case_no: str
    title: str
    verdict: str
    words: str


@dataclass(frozen=True)
class Drawing:
    """`file`: of the draft it is on, "" for one of the version in force."""

    process: str
    name: str
    file: str


class WhatIfPage:
    """One what-if, as this reader may know of it. `version`: that was in force when it was asked for, and is drawn
    where there is no `draft` or it has `moved_on`.
    """

    def __init__(self, job: Job, by: Identity):
        self.job, self._by, self.flow = job, by, flow_of(job)
        self.line = line_of(job, session.get_one(User, job.by_id).name)
        self.version = _version_of(job)
        draft = session.get(FlowDraft, job.asked["draft"]) if job.asked["draft"] else None
        self.draft = draft if draft and _is_as_played(draft, job) else None
        self.moved_on = draft is not None and self.draft is None
        known = Known.read(job.result)
        self.limits = known.limits
        hidden = frozenset[str]() if by.can("clues") else frozenset(known.secrets)
        rows = session.scalars(select(WhatIfCase).where(WhatIfCase.job_id == job.id).order_by(WhatIfCase.case_id))
        told_rows = rows if job.result else ()  # else nobody knows what is secret in them
        self.cases = [told(row, hidden, known.names, known.limits, clues=by.can("clues")) for row in told_rows]

    @cached_property
    def replayed(self) -> list[Told]:
        return [each for each in self.cases if each.verdict != NOT_REPLAYED]

    @property
    def numbers(self) -> dict[str, int]:
        return {verdict: sum(each.verdict == verdict for each in self.cases) for verdict in NAMES}

    @property
    def table(self) -> list[tuple[str, int, int]]:
        """What it comes to in cases, before and after: 督查室, papers, limits missed."""
        found = [("到督查、问责单位", *self._both(lambda each: bool(each.watched)))]
        kinds = sorted({kind for each in self.replayed for side in (each.before, each.after) for kind in side.papers})
        found += [(f"出了{kind}", *self._both(has(kind, "papers"))) for kind in kinds]
        if self._by.can("clues"):
            found.append(("登记问责线索", *self._both(lambda each: each.clues > 0)))
        late = sorted({key for each in self.replayed for side in (each.before, each.after) for key in side.late})
        return found + [(f"逾期：{self.limits.get(key, key)}", *self._both(has(key, "late"))) for key in late]

    @property
    def heat(self) -> dict[str, list[int]]:
        """By element, how many cases passed it before and after."""
        keys = {key for each in self.replayed for side in (each.before, each.after) for key in side.passed}
        return {key: list(self._both(has(key, "passed"))) for key in keys}

    @property
    def drawings(self) -> list[Drawing]:
        if not self.replayed:
            return []
        files = draft_files(self.draft) if self.draft else {}
        drawn = definitions.parsed(self.flow, files) if files else definitions.definition(self.version.id)
        return [Drawing(id_, name, file_of(id_, files)) for id_, name in drawn.process_names.items()]

    def listed(self, verdict: str, after: int) -> Page[CaseLine]:
        """Of the cases of a verdict those that this reader may see, in the order of their ids."""
        wanted = {each.case_id: each for each in self.cases if each.verdict == verdict and each.case_id > after}
        found = select(Case).join(WhatIfCase, WhatIfCase.case_id == Case.id).where(WhatIfCase.job_id == self.job.id)
        rows = session.scalars(found.where(Case.id > after, visible(self._by)).order_by(Case.id))
        mine = [row for row in rows if row.id in wanted][: ROWS + 1]
        page = page_of(mine, ROWS, lambda row: str(row.id))
        return Page([_case(row, wanted[row.id]) for row in page.rows], page.next)

    def _both(self, is_so: Callable[[Outcome], bool]) -> tuple[int, int]:
        return sum(is_so(each.before) for each in self.replayed), sum(is_so(each.after) for each in self.replayed)


def has(key: str, what: str) -> Callable[[Outcome], bool]:
    return lambda outcome: key in getattr(outcome, what)


def what_if_page(job_id: int, by: Identity) -> WhatIfPage:
    """Raises NotFound, NotAllowed."""
    return WhatIfPage(what_if_job(job_id, by), by)


def what_if_line(job_id: int, by: Identity) -> WhatIfLine:
    """How far one is. Raises NotFound, NotAllowed."""
    job = what_if_job(job_id, by)
    return line_of(job, session.get_one(User, job.by_id).name)


def what_if_lines(flow: str, by: Identity) -> list[WhatIfLine]:
    """The newest of a flow. Raises NotFound, NotAllowed."""
    require_may(flow, by)
    mine = (Job.kind == KIND) & (Job.subject == about_flow(flow))
    rows = select(Job, User.name).join(User, User.id == Job.by_id).where(mine).order_by(Job.id.desc()).limit(10)
    return [line_of(job, name) for job, name in session.execute(rows)]


def line_of(job: Job, by: str) -> WhatIfLine:
    name, changed = job.asked.get("name"), _in_words(job.asked["values"])
    about = "，".join(filter(None, [f"草稿“{name}”" if name else "", changed, PERIODS[job.asked["days"]]]))
    return WhatIfLine(job.id, about, job.state, job.done, job.total, job.problem, by, job.at)


def _version_of(job: Job) -> ProcessDefinition:
    """Those asked for before there was a note of it are shown on the newest."""
    kept = session.get(ProcessDefinition, job.asked.get("version", 0))
    return kept or definitions.newest(flow_of(job))


def _is_as_played(draft: FlowDraft, job: Job) -> bool:
    return draft.state != DISCARDED and draft.revision == job.asked["revision"]


def _in_words(values: Mapping[str, Any]) -> str:
    return "、".join(f"{key} 改为 {value}" for key, value in values.items())


def _case(row: Case, each: Told) -> CaseLine:
    return CaseLine(row.id, row.case_no or "未编号", listed(row.title, row), each.verdict, each.words)
