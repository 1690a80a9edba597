"""A decision table of a draft, as its editor has it: what is wrong with it, and what it answers when it is tried."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.decisions import DecisionTable, parse_decisions
from engine.decisions.trial import Asked, Tried, asks, attempt
from engine.feel.expressions import Functions
from engine.forms import Field
from engine.limits import MAX_BYTES
from engine.markup import refused
from errors import InvalidDiagram, NotFound
from models import FlowDraft, Identity
from operations.studio.opening import readable_draft
from queries.studio.diff.words import Words
from reference import parameters
from reference.counties import unit_kind
from reference.flow_drafts import draft_files


@dataclass(frozen=True)
class Fault:
    """`element`: id of a row or column, or of the table. `kind`: error, overlap or gap."""

    element: str
    kind: str
    message: str


@dataclass(frozen=True)
class Look:
    """`asked` and `tried` are of the table that is looked at; both empty while the file cannot be read. `labels`: of
    what is asked, how the draft's forms call each value: {"result": {"settled": "已解决"}}.
    """

    faults: list[Fault]
    complete: bool  # whether overlaps and gaps could all be searched
    asked: list[Asked]
    tried: Tried | None
    labels: dict[str, dict[str, str]]


def look_at_table(
    draft_id: int, name: str, content: bytes, decision: str, typed: Mapping[str, str], by: Identity
) -> Look:
    """`content`: the file as the editor has it, saved or not; `typed`: texts by the key of what is asked.

    Raises NotFound for a draft or table that is not there.
    """
    draft = readable_draft(draft_id, by)
    try:
        table = table_in(name, content, decision)
    except InvalidDiagram as error:
        return Look([Fault(each.element, "error", each.message) for each in error.problems], False, [], None, {})
    known = _known(draft)
    found = table.check()
    faults = [Fault(each.element, "overlap", each.message) for each in found.overlaps]
    faults += [Fault(each.element, "gap", each.message) for each in found.gaps]
    asked, labels = _named(asks(table, known), Words(draft_files(draft)).fields)
    return Look(faults, found.complete, asked, attempt(table, typed, known), labels)


def _named(asked: list[Asked], fields: Mapping[str, Field]) -> tuple[list[Asked], dict[str, dict[str, str]]]:
    """What is asked by the name of its field where the table has none for it, and how that calls its values."""
    known = {each.key: fields[each.key] for each in asked if each.key in fields}
    named = [replace(each, label=known[each.key].label) if each.label == each.key in known else each for each in asked]
    return named, {key: {one.value: one.label for one in field.choices} for key, field in known.items()}


def table_in(name: str, content: bytes, decision: str) -> DecisionTable:
    """The table of this id; "": the file's first. Raises InvalidDiagram, NotFound."""
    if len(content) > MAX_BYTES:
        raise refused(name, "文件超过 2 MB")
    tables = parse_decisions(name, content)
    found = next((table for table in tables if decision in ("", table.id)), None)
    if found is None:
        raise NotFound(f"文件“{name}”里没有决策表“{decision}”。")
    return found


def _known(draft: FlowDraft) -> Functions:
    """What needs no case: parameters as they will stand once the draft is published, posts and units."""
    values = {row.key: row.value for row in draft.values}
    revision = parameters.newest_revision()

    def param(key: str) -> Any:
        return values[key] if key in values else parameters.value_at(key, revision)

    def post(unit: str, role: str) -> str:
        return f"post:{unit}:{role}"

    return {"param": param, "post": post, "unit_kind": unit_kind}
