"""Check a draft: every problem of every flow in it, with the file it stands in."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine import flows_around
from errors import InvalidDiagram, Problem
from models import FlowDraft, Identity
from operations.house.deployments import check_flow
from operations.studio.opening import readable_draft
from reference.flow_drafts import draft_files, with_changes
from reference.flow_files import running, startable

NOTHING_STARTS = "没有可以启动的流程：至少一张流程图要标为可执行，并且不被别的流程调用。"
UNUSED = "这张图还没有流程用到：流程没有勾选“可执行”，或者没有流程调用它。"


@dataclass(frozen=True)
class Finding:
    """A problem and where a designer finds it: `file` "" when it concerns the flow as a whole."""

    file: str
    element: str
    message: str
    warning: bool
    has_way: bool  # it can be replayed: queries/studio/soundness.py


def check_draft(
    draft_id: int,
    *,
    by: Identity,
    unsaved: Mapping[str, bytes | None] | None = None,
    around: str = "",
    every: bool = False,
) -> list[Finding]:
    """What stands in the way of publishing, and hints, of the draft with what an editor has not saved yet.

    `unsaved`: files by name. `around`: a diagram that is being drawn; of one flow that leads to each of its processes,
    or of `every` one. Runs apart from this process, half a second a flow. Raises NotFound.
    """
    draft = readable_draft(draft_id, by)
    return findings(draft, with_changes(draft_files(draft), unsaved or {}), around=around, every=every)


def findings(draft: FlowDraft, files: Mapping[str, bytes], *, around: str = "", every: bool = False) -> list[Finding]:
    """Of all flows in these files of a draft, or of those that one diagram needs; what two of them share is told once.
    They are of the county that the version is of which the draft began with.
    """
    try:
        keys = startable(files)
        if around:
            keys = flows_around(around, keys, running(files), every=every)
    except InvalidDiagram as error:
        problems = error.problems
    else:
        problems = [problem for key in keys for problem in check_flow(key, files, draft.base_id)]
        if not keys:
            problems = [Problem("", UNUSED, warning=True) if around else Problem("", NOTHING_STARTS)]
    return [_placed(problem, files) for problem in dict.fromkeys(problems)]


def _placed(problem: Problem, files: Mapping[str, bytes]) -> Finding:
    file = file_of(problem.element, files)
    return Finding(file, problem.element, problem.message, problem.warning, problem.has_way)


def file_of(element: str, files: Mapping[str, bytes]) -> str:
    """The drawing or table with this id."""
    if not element:
        return ""
    marks = (f'id="{element}"'.encode(), f"id='{element}'".encode())
    return next((name for name, content in files.items() if any(mark in content for mark in marks)), "")
