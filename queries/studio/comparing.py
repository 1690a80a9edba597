"""Two editions of a flow on one page: a draft against a version, or one version against another."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select

from errors import InvalidDiagram, NotFound
from models import FlowDraft, FlowDraftValue, Identity, Parameter, ProcessDefinition, session
from operations.studio.opening import readable_draft, require_flow
from queries.house.parameter_words import UNITS, shown
from queries.studio.diff.change import Change
from queries.studio.diff.diagrams import compare_diagrams
from queries.studio.diff.forms import UnreadableForm, compare_forms
from queries.studio.diff.tables import TableChanges, compare_tables
from queries.studio.diff.texts import Line, compare_texts
from queries.studio.diff.words import Words
from queries.studio.drafts import KINDS
from reference import definitions, parameters
from reference.flow_drafts import draft_files
from reference.people import post_names
from reference.seeds import parameter_name

Files = Mapping[str, bytes]
_POST = re.compile(r'post\("([^"]+)", ?"([^"]+)"\)')


@dataclass(frozen=True)
class Side:
    """One of the two: a draft or a version, never both."""

    label: str
    files: Files
    draft: FlowDraft | None = None
    version: ProcessDefinition | None = None


@dataclass
class FileChanges:
    """What differs in one file; which of the lists is filled depends on its kind."""

    name: str
    kind: str  # 流程图 …
    change: str  # 新增, 删除 or 改动
    changes: list[Change] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    tables: list[TableChanges] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    @property
    def is_drawn(self) -> bool:
        return self.name.endswith(".bpmn") and not self.lines


@dataclass(frozen=True)
class ValueChange:
    key: str
    name: str
    old: str
    new: str
    basis: str
    rule: str


@dataclass(frozen=True)
class Comparison:
    old: Side
    new: Side
    files: list[FileChanges]
    values: list[ValueChange]


def draft_against(draft_id: int, version_id: int | None, by: Identity) -> Comparison:
    """A draft against this version of its flow, None: the one it began with. Raises NotFound."""
    draft = readable_draft(draft_id, by)
    old = _version(version_id or draft.base_id, draft.flow)
    new = Side(f"草稿“{draft.name}”", draft_files(draft), draft=draft)
    return Comparison(old, new, compare_files(old.files, new.files), value_changes(draft))


def versions_against(flow: str, old_id: int, new_id: int, by: Identity) -> Comparison:
    """Raises NotFound, also for a flow of another county."""
    old, new = _version(old_id, flow), _version(new_id, flow)
    require_flow(new_id, by)
    return Comparison(old, new, compare_files(old.files, new.files), [])


def version_file(version_id: int, name: str, by: Identity) -> bytes:
    """One file of a version, as it was published. Raises NotFound."""
    require_flow(version_id, by)
    content = definitions.all_files(version_id).get(name)
    if content is None:
        raise NotFound(f"这一版没有文件“{name}”。")
    return content


def value_changes(draft: FlowDraft) -> list[ValueChange]:
    """What the draft's parameters are now, and become."""
    known = parameters.values_at(parameters.newest_revision())
    rows = {row.key: row for row in session.scalars(select(Parameter).where(Parameter.key.in_(_keys(draft))))}
    return [_value_change(each, known[each.key], rows[each.key]) for each in draft.values]


def _value_change(new: FlowDraftValue, now: Any, row: Parameter) -> ValueChange:
    unit = UNITS.get(row.unit, row.unit)
    now_, new_ = shown(now) + unit, shown(new.value) + unit
    return ValueChange(row.key, parameter_name(row.key), now_, new_, new.basis, row.rule)


def compare_files(old: Files, new: Files) -> list[FileChanges]:
    """Every file that is not the same, by kind as on the page of a draft."""
    names = [name for name in sorted(old.keys() | new.keys()) if old.get(name) != new.get(name)]
    order = list(KINDS.values())
    words = Words({**old, **new})
    found = [_file(name, old.get(name), new.get(name), words) for name in names]
    _name_posts(found)
    return sorted(found, key=lambda each: order.index(_ending(each.name)))


def _file(name: str, old: bytes | None, new: bytes | None, words: Words) -> FileChanges:
    kind = next(kind for kind, ending in KINDS.items() if ending == _ending(name))
    made = FileChanges(name, kind, "新增" if old is None else "删除" if new is None else "改动")
    try:
        if name.endswith(".bpmn"):
            _fill_diagram(made, old, new, words)
        else:
            FILLS.get(_ending(name), _fill_lines)(made, old, new)
    except (InvalidDiagram, UnreadableForm):  # what is not finished, or is of no such kind
        _fill_lines(made, old, new)
    return made


def _fill_diagram(made: FileChanges, old: bytes | None, new: bytes | None, words: Words) -> None:
    found = compare_diagrams(made.name, old, new, words)
    made.changes, made.moved = found.changes, found.moved


def _fill_tables(made: FileChanges, old: bytes | None, new: bytes | None) -> None:
    made.tables = compare_tables(made.name, old, new)


def _fill_form(made: FileChanges, old: bytes | None, new: bytes | None) -> None:
    made.changes = compare_forms(old, new)


def _fill_lines(made: FileChanges, old: bytes | None, new: bytes | None) -> None:
    made.lines = compare_texts(old, new)


FILLS: dict[str, Callable[[FileChanges, bytes | None, bytes | None], None]] = {
    ".dmn": _fill_tables,
    ".form.json": _fill_form,
}


def _name_posts(files: list[FileChanges]) -> None:
    """post("natural_resources", "liaison") is 县自然资源局联络员, where there is such a post."""
    told = [words for each in files for change in each.changes for words in change.words]
    keys = {f"post:{unit}:{role}" for words in told for unit, role in _POST.findall(words)}
    names = post_names(keys) if keys else {}

    def named(found: re.Match[str]) -> str:
        key = f"post:{found[1]}:{found[2]}"
        return found[0] if names[key] == key else names[key]

    for each in files:
        each.changes = [
            replace(change, words=[_POST.sub(named, words) for words in change.words]) for change in each.changes
        ]


def _ending(name: str) -> str:
    return next((ending for ending in KINDS.values() if name.endswith(ending)), KINDS["说明"])


def _keys(draft: FlowDraft) -> list[str]:
    return [each.key for each in draft.values]


def _version(version_id: int, flow: str) -> Side:
    row = session.get(ProcessDefinition, version_id)
    if row is None or row.key != flow:
        raise NotFound("没有这一版。")
    return Side(f"第 {row.version} 版", definitions.all_files(row.id), version=row)
