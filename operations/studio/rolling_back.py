"""回退: the files of an older version become the newest again. Urgent, so one manager does it, with a reason."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from errors import AlreadyChanged, AppError, InvalidDiagram, NotAllowed, NotFound
from models import FlowPublication, Identity, ProcessDefinition, session, transactional
from operations.gate.audit import note
from operations.house.deployments import check_flow, digest_of
from operations.studio.families import KeyTaken, flows_in, hold_flows, was_of, write_all
from operations.studio.opening import require_flow
from operations.studio.values_back import Taken, take_back
from reference import definitions


class NotRolledBack(AppError):
    """没有回退。"""


@dataclass(frozen=True)
class _Older:
    row: ProcessDefinition
    files: Mapping[str, bytes]
    keys: list[str]


def roll_back(
    version_id: int,
    reason: str,
    *,
    by: Identity,
    seen: int | None = None,
    parameters: Collection[str] = (),
    basis: str = "",
) -> list[ProcessDefinition]:
    """New versions of all flows of this one's folder, with its files; running cases keep theirs (C-11).
    `seen`: id of the version that is taken back, as it was looked at; None: the newest. `parameters`: keys of those
    set with a later version that get their value of before, on the ground of `basis`; all others stay.

    Raises NotFound, NotAllowed, NotRolledBack, AlreadyChanged, InvalidDiagram where it fits no more what it needs, as a
    post that is gone, and what take_back() raises. The check is over before the transaction begins.
    """
    if not by.can("manage"):
        raise NotAllowed("您没有回退流程的权限。")
    require_flow(version_id, by)
    if not reason.strip():
        raise NotRolledBack("请写明回退的原因。")
    older = _older(version_id)
    _require_fits(older)
    return _write(older, reason.strip(), by, seen, Taken(parameters, basis.strip()))


def _older(version_id: int) -> _Older:
    row = session.get(ProcessDefinition, version_id)
    if row is None:
        raise NotFound
    files = definitions.all_files(row.id)
    return _Older(row, files, flows_in(files))


def _require_fits(older: _Older) -> None:
    found = [each for key in older.keys for each in check_flow(key, older.files, older.row.id) if not each.warning]
    if found:
        raise InvalidDiagram(found)


@transactional
def _write(older: _Older, reason: str, by: Identity, seen: int | None, taken: Taken) -> list[ProcessDefinition]:
    hold_flows(older.keys)
    newest = definitions.newest(older.row.key)
    if seen not in (None, newest.id):
        raise AlreadyChanged(f"刚才又有人发布了第 {newest.version} 版，没有回退；请看过再定。")
    if newest.digest == digest_of(older.files):
        raise NotRolledBack(f"第 {older.row.version} 版的内容就是现在用的。")
    _require_own(older.keys, older.row.digest)
    rows = write_all(older.keys, older.files, by=by)
    session.add_all(FlowPublication(definition_id=row.id, restored_id=older.row.id, reason=reason) for row in rows)
    take_back(older.row.key, older.row.version, taken.keys, taken.basis, by=by)
    said = "、".join(f"“{row.name}”第 {row.version} 版" for row in rows)
    note("settings", f"流程回退到第 {older.row.version} 版的内容，成为{said}，原因：{reason}", by)
    return rows


def _require_own(keys: Iterable[str], digest: str) -> None:
    """Each was a flow of that folder then."""
    if strange := [key for key in keys if not was_of(key, digest)]:
        raise KeyTaken(f"流程“{strange[0]}”当时不在这个文件夹里，不能一起回退。")
