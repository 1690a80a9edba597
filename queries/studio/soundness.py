"""Whether every case that a draft begins can end, with the way of one that cannot on the drawing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from engine import Fault, Frame, counter_examples_isolated
from errors import InvalidDiagram
from models import Identity
from operations.house.deployments import surroundings
from operations.studio.checking import Finding, file_of, findings
from operations.studio.opening import readable_draft
from queries.studio.drafts import DraftPage, draft_page
from reference.flow_drafts import draft_files, with_changes
from reference.flow_files import running, startable


@dataclass(frozen=True)
class SoundnessPage:
    """`fault`: the one that is looked at, with its drawing as web/templates/_drawing.html takes it, but for the
    address; `others`: what has to be mended before the control flow can be searched.
    """

    page: DraftPage
    faults: list[Fault]
    fault: Fault | None
    drawing: dict[str, Any] | None
    others: list[Finding]


def soundness_page(draft_id: int, element: str, by: Identity) -> SoundnessPage:
    """`element`: whose fault to look at; the first where it has none. Runs apart from this process. Raises NotFound."""
    page = draft_page(draft_id, by)
    files = draft_files(page.draft)
    found = _faults(files)
    others = [] if found else [each for each in findings(page.draft, files) if not each.warning]
    fault = next((each for each in found if each.element == element), found[0] if found else None)
    return SoundnessPage(page, found, fault, _drawing(fault, files) if fault and fault.frames else None, others)


def counter_examples(
    draft_id: int, *, by: Identity, unsaved: Mapping[str, bytes | None] | None = None
) -> list[dict[str, Any]]:
    """Each fault of the control flow as an editor replays it: `element`, `message`, `warning`, `process`, the `file` it
    is drawn in, `frames` as frontend/src/diagram/replay.js takes them. Raises NotFound.

    `unsaved`: what an editor has not saved yet, by name of the file.
    """
    files = with_changes(draft_files(readable_draft(draft_id, by)), unsaved or {})
    return [
        {**asdict(each), "frames": _frames(each.frames), "file": file_of(each.process, files)}
        for each in _faults(files)
    ]


def _faults(files: Mapping[str, bytes]) -> list[Fault]:
    """Of all flows in these files; of what two of them share once."""
    try:
        keys = startable(files)
    except InvalidDiagram:
        return []
    found = [each for key in keys for each in counter_examples_isolated(key, running(files), surroundings())]
    return list({(each.element, each.message): each for each in found}.values())


def _frames(frames: Sequence[Frame]) -> list[dict[str, Any]]:
    return [{"at": "", "who": "", "back": [], **asdict(frame)} for frame in frames]


def _drawing(fault: Fault, files: Mapping[str, bytes]) -> dict[str, Any]:
    """As the drawing stands at the end of the way."""
    tokens = Counter(name for frame in fault.frames for name in frame.waits)
    tokens.subtract(name for frame in fault.frames for name in frame.ended)
    return {
        "id": fault.process,
        "name": "",
        "tokens": dict(+tokens),
        "done": sorted({name for frame in fault.frames for name in frame.passed}),
        "late": [fault.element],
        "frames": _frames(fault.frames),
        "file": file_of(fault.process, files),
    }
