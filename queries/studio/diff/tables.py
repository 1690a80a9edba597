"""Two editions of a file of decision tables, rule by rule."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from engine.decisions import xml
from queries.studio.diff.change import ADDED, CHANGED, REMOVED, differences
from queries.studio.diff.labels import way
from queries.studio.diff.words import NONE

NOTE = "说明"


@dataclass(frozen=True)
class Cell:
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class RowChange:
    """A rule that is new, gone or changed; `number` is its place, of one that is gone in the old table."""

    kind: str
    number: int
    cells: list[Cell]


@dataclass(frozen=True)
class TableChanges:
    kind: str  # of the table as a whole
    name: str
    words: list[str]  # about the table and its columns
    labels: list[str]  # of the columns, as the cells have them
    rows: list[RowChange]


@dataclass
class _Table:
    facts: dict[str, str] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)  # id -> label
    says: dict[str, dict[str, str]] = field(default_factory=dict)  # column's id -> what it says
    rows: dict[str, dict[str, str]] = field(default_factory=dict)  # rule's id -> column's id -> text

    @property
    def name(self) -> str:
        return self.facts["名称"]


def compare_tables(name: str, old: bytes | None, new: bytes | None) -> list[TableChanges]:
    """Of each table that is not the same. Raises InvalidDiagram."""
    before, after = _tables(name, old), _tables(name, new)
    every = dict.fromkeys([*after, *before])
    found = [_changes(before.get(id_), after.get(id_)) for id_ in every]
    return [each for each in found if each.words or each.rows or each.kind != CHANGED]


def _changes(old: _Table | None, new: _Table | None) -> TableChanges:
    kind = ADDED if old is None else REMOVED if new is None else CHANGED
    before, after = old or _Table(), new or _Table()
    columns = {**before.columns, **after.columns}
    words = (
        [*differences(before.facts, after.facts, NONE.say, NONE.say), *_about_columns(before, after)]
        if kind == CHANGED
        else []
    )
    if _order(before.rows, after.rows) != _order(after.rows, before.rows):
        words.append("规则的先后有变。")
    rows = _rows(before, after, columns)
    return TableChanges(kind, (new or before).name, words, list(columns.values()), rows)


def _about_columns(before: _Table, after: _Table) -> Iterator[str]:
    for id_, label in {**before.columns, **after.columns}.items():
        old, new = before.says.get(id_), after.says.get(id_)
        if old is None and new is not None:
            yield f"新增列“{label}”。"
        elif new is None and old is not None:
            yield f"删除列“{label}”。"
        else:
            yield from (f"列“{label}”{words}" for words in differences(old or {}, new or {}, NONE.say, NONE.say))


def _rows(before: _Table, after: _Table, columns: Mapping[str, str]) -> list[RowChange]:
    found = []
    for id_ in [*after.rows, *(id_ for id_ in before.rows if id_ not in after.rows)]:
        old, new = before.rows.get(id_), after.rows.get(id_)
        if old == new:
            continue
        kind = ADDED if old is None else REMOVED if new is None else CHANGED
        number = list(before.rows if new is None else after.rows).index(id_) + 1
        cells = [Cell(label, (old or {}).get(key, ""), (new or {}).get(key, "")) for key, label in columns.items()]
        found.append(RowChange(kind, number, cells))
    return found


def _order(rows: Iterable[str], others: Iterable[str]) -> list[str]:
    """Those that are in both, as the first has them."""
    both = set(others)
    return [id_ for id_ in rows if id_ in both]


def _tables(name: str, content: bytes | None) -> dict[str, _Table]:
    if not content:
        return {}
    decisions = xml.children(xml.definitions(name, content), "decision")
    return {each.get("id", ""): _table(each) for each in decisions}


def _table(decision: xml.Element) -> _Table:
    element = xml.child(decision, "decisionTable")
    made = _Table({"名称": decision.get("name") or decision.get("id", ""), "说明": _description(decision)})
    if element is None:
        return made
    made.facts["命中策略"] = " ".join(filter(None, (element.get("hitPolicy", "UNIQUE"), element.get("aggregation"))))
    for number, column in enumerate([*xml.children(element, "input"), *xml.children(element, "output")], 1):
        label = _label(column, number)
        made.columns[column.get("id") or str(number)] = label
        made.says[column.get("id") or str(number)] = _column_facts(column, label)
    made.columns[NOTE] = NOTE
    for number, rule in enumerate(xml.children(element, "rule"), 1):
        made.rows[rule.get("id") or str(number)] = _cells(rule, list(made.columns))
    return made


def _label(column: xml.Element, number: int) -> str:
    asked = xml.text_of(xml.child(column, "inputExpression"))
    return (column.get("label") or column.get("name") or asked or f"第 {number} 列").strip()


def _column_facts(column: xml.Element, label: str) -> dict[str, str]:
    """Its name, the expression it asks or the variable it gives, its type, the values it may have."""
    asked = xml.child(column, "inputExpression")
    typed = column if asked is None else asked
    values = xml.child(column, "inputValues" if asked is not None else "outputValues")
    said = column.get("name", "") if asked is None else xml.text_of(asked)
    return {
        "的名称": label,
        "的变量" if asked is None else "的表达式": said,
        f"的{way('type')}": typed.get("typeRef", ""),
        "的可选值": xml.text_of(values),
    }


def _cells(rule: xml.Element, columns: list[str]) -> dict[str, str]:
    texts = [xml.text_of(cell) for cell in (*xml.children(rule, "inputEntry"), *xml.children(rule, "outputEntry"))]
    notes = [_description(rule), *(xml.text_of(note) for note in xml.children(rule, "annotationEntry"))]
    return {**dict(zip(columns, texts, strict=False)), NOTE: "；".join(filter(None, notes))}


def _description(element: xml.Element) -> str:
    found = xml.child(element, "description")
    return "" if found is None else "".join(found.itertext()).strip()
