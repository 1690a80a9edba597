"""Mend many scenarios of a draft at once, and take it back as a whole."""

from collections.abc import Sequence
from typing import Any

from errors import AlreadyChanged, NotFound
from models import FlowDraft, FlowDraftFile, Identity, ScenarioMend, now, session, transactional
from operations.studio.drafts import BadDraft, file_revision, remove_file, restore_file, save_file
from operations.studio.opening import changeable
from operations.studio.trials import try_scenarios
from scenarios.mending.groups import GONE, RENAMED, STANDING
from scenarios.mending.plans import FilePlan, Plan, plan_of

DID = {STANDING: "加上“{0.name}”", RENAMED: "“{0.old}”改称“{0.name}”", GONE: "删去“{0.name}”"}


@transactional
def mend(draft_id: int, cause: str, about: str, rows: Sequence[str], *, seen: int, by: Identity) -> Plan:
    """Write what plan_of() shows, and ask for all scenarios again. `seen`: the draft's revision that was looked at.

    Raises NotFound, NotAllowed, DraftClosed, AlreadyChanged, BadDraft where there is nothing to write.
    """
    draft = changeable(draft_id, by)
    if draft.revision != seen:
        raise AlreadyChanged("草稿刚才有改动，请回到场景页重新试跑。")
    plan = plan_of(draft, cause, about, rows)
    if not plan.files:
        raise BadDraft("这些场景开头相同而要加的步骤不同，请逐个改。")
    before = {each.file: _write(draft, each, by) for each in plan.files}
    words = DID[cause].format(plan.group)
    session.merge(ScenarioMend(draft_id=draft.id, at=now(), by=by.name, words=words, files=before))
    try_scenarios(draft_id, by=by)
    return plan


def last_mend(draft: FlowDraft) -> ScenarioMend | None:
    """What can be taken back: nobody has touched the files since."""
    row = session.get(ScenarioMend, draft.id)
    return row if row and all(_revision(draft, name) == file["revision"] for name, file in row.files.items()) else None


@transactional
def take_back(draft_id: int, *, by: Identity) -> None:
    """Raises NotFound, NotAllowed, DraftClosed, AlreadyChanged."""
    draft = changeable(draft_id, by)
    row = session.get(ScenarioMend, draft_id)
    if row is None:
        raise NotFound("没有可以撤销的。")
    if last_mend(draft) is None:
        raise AlreadyChanged("这些场景后来又有人改过，不能整个撤销，请逐个改。")
    for name, file in row.files.items():
        _put_back(draft, name, file, by)
    session.delete(row)


def _write(draft: FlowDraft, plan: FilePlan, by: Identity) -> dict[str, Any]:
    """Returns what the file was, as ScenarioMend has it."""
    own = session.get(FlowDraftFile, (draft.id, plan.file))
    text = own.content.decode() if own and own.content is not None else None
    saved = save_file(draft.id, plan.file, plan.text.encode(), seen=_revision(draft, plan.file), by=by)
    return {"own": own is not None, "text": text, "revision": saved.revision}


def _put_back(draft: FlowDraft, name: str, file: dict[str, Any], by: Identity) -> None:
    if not file["own"]:
        restore_file(draft.id, name, by=by)
    elif file["text"] is None:
        remove_file(draft.id, name, seen=file["revision"], by=by)
    else:
        save_file(draft.id, name, file["text"].encode(), seen=file["revision"], by=by)


def _revision(draft: FlowDraft, name: str) -> int:
    return file_revision(draft, session.get(FlowDraftFile, (draft.id, name)), name)
