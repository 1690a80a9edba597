"""Parameters in a draft: a new value waits with the files that belong to it, and comes into force with them."""

import re
from typing import Any

from errors import AlreadyChanged, NotAllowed, NotFound
from models import FlowDraft, FlowDraftValue, Identity, session, transactional
from operations.house.parameter_rights import are_theirs, require_theirs
from operations.house.parameters import NewValue, check_values, parameter_of
from operations.studio.drafts import record
from operations.studio.families import document_of
from operations.studio.opening import changeable
from reference import definitions, parameters
from reference.flow_drafts import draft_files
from reference.seeds import parameter_called, parameter_name

#: param("xt.…") in an expression, as XML has it or as a table does.
_NAMED = re.compile(rb"""param\(\s*(?:\\?"|'|&quot;|&apos;|&#34;|&#39;)([\w.]+)""")


@transactional
def set_value(draft_id: int, key: str, value: Any, *, basis: str, by: Identity) -> None:
    """Keep a new value; the same as the one in force takes the draft's away.

    Raises NotFound, DraftClosed, and what operations.house.parameters.check_values() raises for all of the draft's
    together; NotAllowed also for a parameter that is none of this flow's, or that administrators set.
    """
    draft = changeable(draft_id, by)
    _require_own(draft, key, by)
    now_in_force = parameters.in_force(key, None)
    row = session.get(FlowDraftValue, (draft.id, key))
    if row and row.value == value and row.basis == basis.strip():
        row.seen = parameters.newest_revision()
        return
    if type(value) is type(now_in_force) and value == now_in_force:
        _take_away(draft, row)
    else:
        check_values({**new_values(draft), key: NewValue(value, basis.strip())})
        _keep(draft, row, key, value, basis.strip())
    draft.revision += 1
    record(draft, "value", by, file=key, words=f"{parameter_name(key)} {now_in_force} → {value}")


@transactional
def unset_value(draft_id: int, key: str, *, by: Identity) -> None:
    """Leave a parameter as it is. Raises NotFound, DraftClosed."""
    draft = changeable(draft_id, by)
    row = session.get(FlowDraftValue, (draft.id, key))
    if row is None:
        raise NotFound(f"草稿没有改参数“{parameter_called(key)}”。")
    _take_away(draft, row)
    draft.revision += 1
    record(draft, "value", by, file=key, words=f"{parameter_name(key)} 不改")


def new_values(draft: FlowDraft) -> dict[str, NewValue]:
    return {row.key: NewValue(row.value, row.basis) for row in draft.values}


def require_values_stand(draft: FlowDraft) -> None:
    """That nobody has set one of these parameters since the draft did. Raises AlreadyChanged."""
    now_in_force = parameters.values_at(parameters.newest_revision())
    for row in draft.values:
        if parameters.values_at(row.seen).get(row.key) != now_in_force[row.key]:
            now_ = now_in_force[row.key]
            called = parameter_called(row.key)
            raise AlreadyChanged(f"参数“{called}”在草稿改它以后又有人改成“{now_}”，请核对以后在草稿里重填一次。")


def own_parameters(draft: FlowDraft, by: Identity) -> frozenset[str]:
    """Keys of what this person may put into the draft: of its document, and what its files name and is of none."""
    documents = {key: parameter_of(key).seed for key in _own(draft)}
    theirs = {document for document in set(documents.values()) if are_theirs(document, by)}
    return frozenset(key for key, document in documents.items() if document in theirs)


def _own(draft: FlowDraft) -> frozenset[str]:
    """A table that all flows share names other documents' as well."""
    named = {key.decode() for content in draft_files(draft).values() for key in _NAMED.findall(content)}
    own = document_of(draft.flow)
    others = {document_of(row.key) for row in definitions.newest_of_each()} - {own}
    known = parameters.values_at(parameters.newest_revision())
    common = {key for key in named if key.partition(".")[0] not in others}
    return frozenset(key for key in known if key in common or key.startswith(f"{own}."))


def _require_own(draft: FlowDraft, key: str, by: Identity) -> None:
    parameter = parameter_of(key)
    if parameter.editable_by != "manager":
        raise NotAllowed(f"参数“{parameter_called(key)}”由系统管理员设置，不能随流程一起改。")
    require_theirs(parameter, by)
    if key not in _own(draft):
        raise NotAllowed(f"这个流程没有用到参数“{parameter_called(key)}”。")


def _keep(draft: FlowDraft, row: FlowDraftValue | None, key: str, value: Any, basis: str) -> None:
    if row is None:
        row = FlowDraftValue(key=key)
        draft.values.append(row)
    row.value, row.basis, row.seen = value, basis, parameters.newest_revision()


def _take_away(draft: FlowDraft, row: FlowDraftValue | None) -> None:
    if row:
        draft.values.remove(row)
