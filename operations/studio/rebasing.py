"""并入新版: a draft goes on from the newest version, with what others have published meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from errors import AlreadyChanged
from models import FlowDraft, Identity, session, transactional
from operations.studio.drafts import BadDraft, record
from operations.studio.opening import changeable
from reference import definitions
from reference.flow_drafts import base_files

MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True)
class Merge:
    """By name: files that others changed and the draft did not; that both changed alike; that both changed."""

    taken: list[str]
    alike: list[str]
    conflicts: list[str]


class Merging(NamedTuple):
    """Revision of the draft, and id of the version that it would go on from."""

    revision: int
    newest: int


def merge_of(draft: FlowDraft) -> Merge:
    """What would become of the files."""
    old, new = base_files(draft), definitions.all_files(definitions.newest(draft.flow).id)
    mine = {file.name: file.content for file in draft.files}
    theirs = sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
    both = [name for name in theirs if name in mine]
    alike = [name for name in both if mine[name] == new.get(name)]
    return Merge([name for name in theirs if name not in mine], alike, [name for name in both if name not in alike])


@transactional
def rebase_draft(draft_id: int, chosen: Mapping[str, str], *, by: Identity, seen: Merging | None = None) -> None:
    """Go on from the newest version. `chosen`: of each conflict "mine" or "theirs", by name; `seen`: what was looked
    at when it was chosen, None: whatever there is by now.

    What is not taken from others stays readable in their version. Raises NotFound, DraftClosed, BadDraft where a
    conflict is left open, AlreadyChanged where there is another version or draft by now.
    """
    draft = changeable(draft_id, by)
    newest = definitions.newest(draft.flow)
    if seen and seen != Merging(draft.revision, newest.id):
        raise AlreadyChanged("您打开这一页以后又有人改了草稿或发布了新版，没有并入；请看过现在的情况再选。")
    merge = merge_of(draft)
    if left := [name for name in merge.conflicts if chosen.get(name) not in (MINE, THEIRS)]:
        raise BadDraft(f"两边都改了的文件，请逐个选定用哪一份：{'、'.join(left)}。")
    gone = {*merge.alike, *(name for name in merge.conflicts if chosen[name] == THEIRS)}
    for file in [file for file in draft.files if file.name in gone]:
        draft.files.remove(file)
    session.flush()
    draft.base_id = newest.id
    draft.revision += 1
    draft.base_revision = draft.revision
    record(draft, "rebased", by, words=f"第 {newest.version} 版")
