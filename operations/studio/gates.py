"""What a draft must have passed before it is submitted, approved, or published on its day: in this one place."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from errors import AppError, InvalidDiagram
from models import FlowDraft, Job, ProcessDefinition, session
from models.job import DONE, FAILED, PAUSED, WAITING
from operations.house.parameters import check_values
from operations.studio.checking import findings
from operations.studio.families import flows_in, require_newest, require_own_document
from operations.studio.trials import ALL, subject_of
from operations.studio.values import new_values, require_values_stand
from reference.flow_drafts import base_files, draft_files


class NotReady(AppError):
    """草稿还不能提交或发布。"""


@dataclass(frozen=True)
class Gate:
    """`why`: "" when it is open, else what to do about it."""

    name: str
    why: str

    @property
    def is_open(self) -> bool:
        return not self.why


def gates(draft: FlowDraft) -> list[Gate]:
    """All of them, in the order in which they are best seen to. The check of the files takes seconds where nobody has
    asked for it lately.
    """
    return [Gate(name, why(draft)) for name, why in GATES.items()]


def require_open(draft: FlowDraft) -> None:
    """Raises NotReady with all that is left to do."""
    if closed := [gate for gate in gates(draft) if not gate.is_open]:
        raise NotReady("".join(f"{gate.name}：{gate.why}" for gate in closed))


def _why_unchanged(draft: FlowDraft) -> str:
    same = draft_files(draft) == base_files(draft)
    return "草稿还没有改动。" if same and not draft.values else ""


def _why_not_newest(draft: FlowDraft) -> str:
    base = session.get_one(ProcessDefinition, draft.base_id)
    try:
        keys = flows_in(draft_files(draft))
        require_own_document(draft.flow, keys)
        require_newest(draft.flow, keys, base.digest)
    except InvalidDiagram:
        return ""  # the check tells
    except AppError as error:
        return str(error)
    return ""


def _why_values(draft: FlowDraft) -> str:
    try:
        require_values_stand(draft)
        check_values(new_values(draft))
    except AppError as error:
        return str(error)
    return ""


def _why_unchecked(draft: FlowDraft) -> str:
    errors = [each for each in findings(draft, draft_files(draft)) if not each.warning]
    return f"有 {len(errors)} 处错误，第一处：{errors[0].message}" if errors else ""


def _why_untried(draft: FlowDraft) -> str:
    """Scenarios that passed say nothing about what was changed after them."""
    job = newest_trial(draft)
    if job is None:
        return "现在的内容还没有试跑场景。"
    if job.state in (WAITING, PAUSED):
        return f"场景正在试跑（{job.done}/{job.total or '?'}），跑完再提交。"
    if job.state != DONE:
        return f"场景没有跑完：{job.problem or '已停止'}" if job.state == FAILED else "场景试跑已停止，请重新试跑。"
    if failed := job.result.get("failed", 0):
        return f"有 {failed} 个场景没有通过。"
    return "" if job.result.get("passed", 0) else "还没有场景：至少写一个，证明改动以后照样走得通。"


def newest_trial(draft: FlowDraft) -> Job | None:
    """The last trial of all scenarios of the draft as it stands now."""
    mine = select(Job).where(Job.kind == ALL, Job.subject == subject_of(draft.id)).order_by(Job.id.desc())
    rows = session.scalars(mine.execution_options(populate_existing=True))
    return next((job for job in rows if job.asked.get("revision") == draft.revision), None)


GATES: dict[str, Callable[[FlowDraft], str]] = {
    "有改动": _why_unchanged,
    "从最新版改起": _why_not_newest,
    "检查没有错误": _why_unchecked,
    "参数合适": _why_values,
    "场景全部通过": _why_untried,
}
