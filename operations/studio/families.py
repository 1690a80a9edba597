"""Flows of one folder are published together: which they are, and that nobody else has published since."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from errors import AppError
from models import Identity, Parameter, ProcessDefinition, session
from operations.house.deployments import newest_or_none, write_version
from reference import definitions
from reference.flow_files import startable


class NotNewest(AppError):
    """草稿改起的那一版已经不是最新的：请先“并入新版”，核对以后再提交。"""


class PublishedApart(AppError):
    """一起的流程后来单独有了新版。"""


class KeyTaken(AppError):
    """流程的标识已被别的流程使用。"""


def flows_in(files: Mapping[str, bytes]) -> list[str]:
    """Keys of the flows that these files are. Raises InvalidDiagram."""
    return startable(files)


def hold_flows(keys: Iterable[str]) -> None:
    """Two who publish one of these flows at one moment: the second waits, and then sees what the first has done."""
    first = (ProcessDefinition.version == 1) & ProcessDefinition.key.in_(set(keys))
    rows = select(ProcessDefinition.id).where(first).order_by(ProcessDefinition.key)
    session.execute(rows.with_for_update(key_share=True))


def require_own_document(flow: str, keys: Iterable[str]) -> None:
    """A new flow in a draft of `flow` is not called as those of another document are: whose flows these are, theirs are
    its parameters (operations/house/parameter_rights.py). Raises KeyTaken.
    """
    others = {seed.lower() for seed in session.scalars(select(Parameter.seed).distinct())} - {document_of(flow)}
    for key in keys:
        if document_of(key) in others and newest_or_none(key) is None:
            raise KeyTaken(f"流程标识“{key}”按开头是另一份文件的，请改成以“{document_of(flow)}_”开头。")


def document_of(key: str) -> str:
    """xt, of xt_cannot and of its parameters."""
    return key.partition("_")[0]


def require_newest(flow: str, keys: Iterable[str], digest: str) -> None:
    """That each of these flows still is what it was when files of this digest were published, or is new. One that was
    published with `flow` and left behind, as a roll-back leaves one that it does not know, may be taken along again.

    Raises NotNewest, PublishedApart; KeyTaken where another folder has a flow of this key: nobody publishes over a
    county's neighbour.
    """
    for key in sorted({flow, *keys}, key=lambda key: key != flow):  # what is said of the draft's own comes first
        newest = newest_or_none(key)
        if newest is None or newest.digest == digest:
            continue
        if key == flow:
            raise NotNewest
        if was_of(key, digest):
            raise PublishedApart(f"一起的流程“{newest.name}”后来另有了第 {newest.version} 版，请从它新建草稿来改。")
        if not was_of(flow, newest.digest):
            raise KeyTaken(f"流程标识“{key}”已被别的流程（{newest.name}）使用，请改一个。")


def was_of(key: str, digest: str) -> bool:
    """Whether these files once were a version of this flow."""
    same = (ProcessDefinition.key == key) & (ProcessDefinition.digest == digest)
    return session.scalar(select(ProcessDefinition.id).where(same).limit(1)) is not None


def left_behind(flow: str) -> list[ProcessDefinition]:
    """Flows that once were published with this one and now stand alone in their version: they go on taking cases."""
    digest = definitions.newest(flow).digest
    others = [row for row in definitions.newest_of_each() if row.key != flow and row.digest != digest]
    return [row for row in others if row.key not in definitions.retired() and was_of(flow, row.digest)]


def write_all(keys: Iterable[str], files: Mapping[str, bytes], *, by: Identity) -> list[ProcessDefinition]:
    """A new version of each flow, for callers that have had the files checked and have a transaction."""
    return [write_version(key, files, by=by) for key in keys]
