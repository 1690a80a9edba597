"""Migrations under way and over, and the cases of each; and the cases that one thing was said of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from models import Case, CaseMigration, Identity, Job, ProcessDefinition, ProcessInstance, User, session
from models.job import PAUSED, WAITING
from operations.gate.visibility import visible
from operations.studio.clue_cover import as_known
from operations.studio.jobs import about_flow
from operations.studio.migrating import LOOKED_AT, Order, chunks, judged
from operations.studio.migration_jobs import KIND, KIND_BACK, migration_job, require_versions
from queries.pages import Page, page_of, read_id
from queries.studio.migration.groups import Groups
from reference.privacy import listed

ROWS = 50
NEWEST = 10


@dataclass(frozen=True)
class JobLine:
    """`canary`: how many were to be tried. `result`: what came of how many. `words`: the reason given."""

    id: int
    back: bool
    canary: int | None
    versions: str
    state: str
    done: int
    total: int
    result: Mapping[str, int]
    problem: str
    by: str
    at: datetime
    words: str

    @property
    def goes_on(self) -> bool:
        return self.state in (WAITING, PAUSED)


@dataclass(frozen=True)
class CaseRow:
    """`outcome`, `problem`: what came of it in a job, and why not more."""

    case_id: int
    case_no: str
    title: str
    outcome: str = ""
    problem: str = ""


def job_lines(flow: str) -> Iterator[JobLine]:
    """The newest first."""
    mine = (Job.subject == about_flow(flow)) & Job.kind.in_((KIND, KIND_BACK))
    rows = select(Job, User.name).join(User, User.id == Job.by_id).where(mine).order_by(Job.id.desc()).limit(NEWEST)
    yield from (_line(job, by) for job, by in session.execute(rows))


def job_page(
    flow: str, job_id: int, by: Identity, after: str | None = None, *, every: bool = False
) -> tuple[JobLine, Page[CaseRow]]:
    """One job and those of its cases that this reader may see: in which something is left to do, or `every` one.

    Raises NotFound, NotAllowed.
    """
    job = migration_job(flow, job_id, by)
    about = job.asked.get("job", job.id)
    mine = (CaseMigration.job_id == about) & (CaseMigration.id > read_id(after)) & visible(by)
    mine = mine if every else mine & (CaseMigration.problem != "")
    rows = (
        select(CaseMigration, Case)
        .join(ProcessInstance, ProcessInstance.id == CaseMigration.instance_id)
        .join(Case, Case.id == ProcessInstance.case_id)
        .where(mine)
        .order_by(CaseMigration.id)
    )
    read = session.execute(rows.limit(ROWS + 1)).all()
    page = page_of(read, ROWS, lambda row: str(row[0].id))
    return _line(job, session.get_one(User, job.by_id).name), Page(
        [_row(case, one.outcome, one.problem) for one, case in page.rows], page.next
    )


def cases_of_group(flow: str, by: Identity, order: Order, group: str, after: str | None) -> Page[CaseRow]:
    """The cases of a group that this reader may see, in the order of their ids. Raises NotFound, NotAllowed."""
    require_versions(flow, order.old, order.new, by)
    order = as_known(order, by)
    groups, found, looked = Groups(order, by), list[tuple[int, Case]](), 0
    for rows in chunks(order.old, read_id(after)):
        ids = [instance for instance, _, verdict in judged(order, rows) if groups.of(verdict) == group]
        asked = select(ProcessInstance.id, Case).join(Case, Case.id == ProcessInstance.case_id)
        mine = asked.where(ProcessInstance.id.in_(ids), visible(by)).order_by(ProcessInstance.id)
        found += [(instance, case) for instance, case in session.execute(mine)] if ids else []
        looked += len(rows)
        if len(found) > ROWS:
            break
        if looked >= LOOKED_AT:  # a page does not look for ever
            return Page([_row(case) for _, case in found], str(rows[-1][0]))
    page = page_of(found[: ROWS + 1], ROWS, lambda row: str(row[0]))
    return Page([_row(case) for _, case in page.rows], page.next)


def _line(job: Job, by: str) -> JobLine:
    asked = job.asked
    numbers = [session.get_one(ProcessDefinition, asked[each]).version for each in ("old", "new")]
    return JobLine(
        id=job.id,
        back=job.kind == KIND_BACK,
        canary=asked.get("only"),
        versions=f"第 {numbers[0]} 版 → 第 {numbers[1]} 版",
        state=job.state,
        done=job.done,
        total=job.total,
        result=job.result,
        problem=job.problem,
        by=by,
        at=job.at,
        words=asked["reason"],
    )


def _row(case: Case, outcome: str = "", problem: str = "") -> CaseRow:
    return CaseRow(case.id, case.case_no or "未编号", listed(case.title, case), outcome, problem)
