"""A draft that was approved comes into use, at once or on its day: all its flows and parameters in one commit.

A worker that dies before it has published nothing. Running cases keep their versions and values (C-11).
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from errors import AlreadyChanged, AppError, StorageUnavailable, in_words
from models import FlowDraft, FlowPublication, Identity, ProcessDefinition, User, now, session, transactional
from models.studio import EDITING, PUBLISHED, SCHEDULED
from operations.gate.audit import note
from operations.house.parameters import hold_parameters, write_values
from operations.studio.drafts import record
from operations.studio.families import flows_in, hold_flows, require_newest, require_own_document, write_all
from operations.studio.gates import require_open
from operations.studio.values import new_values, require_values_stand
from reference.flow_drafts import draft_files

log = logging.getLogger(__name__)

CLOCK = Identity(id=None, username="system", name="定时发布")


@dataclass(frozen=True)
class Seen:
    """A draft as it was checked, before the transaction that counts on it."""

    id: int
    revision: int


def require_unchanged(draft: FlowDraft, seen: Seen) -> None:
    """Raises AlreadyChanged."""
    if draft.revision != seen.revision:
        raise AlreadyChanged("草稿刚才有改动，请核对以后再试一次。")


def publish(draft: FlowDraft, by: Identity) -> None:
    """For callers that hold the draft, have had it checked and have a transaction; whoever approved it may set its
    parameters. Raises what require_newest() raises, AlreadyChanged, and what check_values() raises.
    """
    files = draft_files(draft)
    keys = flows_in(files)
    hold_flows({draft.flow, *keys})
    require_own_document(draft.flow, keys)
    require_newest(draft.flow, keys, session.get_one(ProcessDefinition, draft.base_id).digest)
    rows = write_all(keys, files, by=by)
    session.add_all(FlowPublication(definition_id=row.id, draft_id=draft.id, reason=draft.name) for row in rows)
    if draft.values:
        hold_parameters()
        require_values_stand(draft)
        write_values(new_values(draft), by=by)
    _close(draft, rows, by)


def publish_on_its_day(draft_id: int) -> bool:
    """A draft whose day has come; returns whether it is in use now. What has come in between takes it back to those
    who designed it, with the reason.
    """
    draft = session.get_one(FlowDraft, draft_id, populate_existing=True)
    if draft.state != SCHEDULED:  # another worker, or whoever withdrew it, was first
        return False
    seen, by = Seen(draft.id, draft.revision), _approver(draft)
    try:
        require_open(draft)
        return _publish_scheduled(seen, by)
    except (StorageUnavailable, AlreadyChanged):  # tried again at the next tick
        raise
    except Exception as error:  # which would be the same at every tick
        session.rollback()
        log.warning("draft %s was not published", draft_id, exc_info=not isinstance(error, AppError))
        _stop(draft_id, in_words(error))
        return False


@transactional
def _publish_scheduled(seen: Seen, by: Identity) -> bool:
    """Of two workers the second finds it published."""
    draft = session.get_one(FlowDraft, seen.id, with_for_update=True, populate_existing=True)
    if draft.state != SCHEDULED or draft.publish_at is None or draft.publish_at > now():
        return False
    require_unchanged(draft, seen)
    publish(draft, by)
    return True


@transactional
def _stop(draft_id: int, why: str) -> None:
    draft = session.get_one(FlowDraft, draft_id, with_for_update=True, populate_existing=True)
    if draft.state == SCHEDULED:
        go_on_editing(draft)
        record(draft, "stopped", CLOCK, words=why)


def go_on_editing(draft: FlowDraft) -> None:
    draft.state, draft.publish_at, draft.submitted_by_id, draft.approved_by_id = EDITING, None, None, None


def _close(draft: FlowDraft, rows: Sequence[ProcessDefinition], by: Identity) -> None:
    draft.state, draft.publish_at = PUBLISHED, None
    draft.published_id = next((row.id for row in rows if row.key == draft.flow), rows[0].id)
    said = "、".join(f"“{row.name}”第 {row.version} 版" for row in rows)
    record(draft, "published", by, words=said)
    note("settings", f"发布流程{said}，草稿“{draft.name}”", by)


def _approver(draft: FlowDraft) -> Identity:
    """Whoever approved it, as they then were: what they let into use comes into use, wherever they are now."""
    user = session.get_one(User, draft.approved_by_id)
    return Identity(user.id, user.username, user.name, permissions=frozenset({"manage"}))
