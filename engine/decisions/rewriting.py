"""Other rows for a decision table of a .dmn file: what stays the same keeps its id and its place."""

import copy
import uuid
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from lxml import etree

from engine.decisions import xml


class Row(NamedTuple):
    """A row as it is written: the cells of the input columns, of the output columns, and what is said of it."""

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    said: str


def any_as_empty(text: str) -> str:
    """An empty cell and - both let anything pass."""
    return "" if text == "-" else text


class Changed(NamedTuple):
    """`before` and `after` count from 1; 0 where there is none: an added or a removed row."""

    before: int
    after: int


def rows_of(content: bytes, name: str, decision: str) -> list[Row]:
    """What the rows of this table say. Raises InvalidDiagram."""
    return [_row(rule) for rule in _rules(_table(xml.definitions(name, content), decision))]


def pair(old: Sequence[Row], new: Sequence[Row]) -> list[Changed]:
    """Which row became which; those that are the same included."""
    found: list[Changed] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        both = min(b - a, d - c) if kind in ("equal", "replace") else 0
        found += [Changed(a + step + 1, c + step + 1) for step in range(both)]
        found += [Changed(place + 1, 0) for place in range(a + both, b)]
        found += [Changed(0, place + 1) for place in range(c + both, d)]
    return found


def with_rows(content: bytes, name: str, decision: str, rows: Sequence[Row]) -> bytes:
    """The file with these rows in that table. Cells that say the same keep what else is noted of them."""
    root = xml.definitions(name, content)
    table = _table(root, decision)
    rules = _rules(table)
    before = {each.after: each.before for each in pair([_row(rule) for rule in rules], rows)}
    made = [_made(table, rules[before[place] - 1] if before[place] else None, row) for place, row in enumerate(rows, 1)]
    for rule in rules:
        table.remove(rule)
    last = [element for element in table if etree.QName(element).localname in ("input", "output", "annotation")]
    at = table.index(last[-1]) + 1 if last else len(table)
    for place, rule in enumerate(made):
        table.insert(at + place, rule)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _table(root: xml.Element, decision: str) -> xml.Element:
    decisions = [each for each in xml.children(root, "decision") if decision in ("", each.get("id"))]
    table = xml.child(decisions[0], "decisionTable") if decisions else None
    if table is None:
        raise xml.refused(f"文件里没有决策表“{decision}”。")
    return table


def _rules(table: xml.Element) -> list[xml.Element]:
    return list(xml.children(table, "rule"))


def _row(rule: xml.Element) -> Row:
    said = xml.child(rule, "description")
    return Row(
        tuple(any_as_empty(xml.text_of(cell)) for cell in xml.children(rule, "inputEntry")),
        tuple(xml.text_of(cell) for cell in xml.children(rule, "outputEntry")),
        "" if said is None else "".join(said.itertext()).strip(),
    )


def _made(table: xml.Element, old: xml.Element | None, row: Row) -> xml.Element:
    rule = _blank(table, row) if old is None else copy.deepcopy(old)
    pairs = [
        (rule_cell, text)
        for kind, texts in (("inputEntry", row.inputs), ("outputEntry", row.outputs))
        for rule_cell, text in zip(xml.children(rule, kind), texts, strict=True)
    ]
    for cell, text in pairs:
        if any_as_empty(xml.text_of(cell)) != text:
            _write(cell, "text", text)
    said = xml.child(rule, "description")
    if said is not None and not row.said:
        rule.remove(said)
    elif row.said and ("" if said is None else (said.text or "").strip()) != row.said:
        _write(rule, "description", row.said)
    return rule


def _blank(table: xml.Element, row: Row) -> xml.Element:
    rule = _new(table, "rule")
    for kind, texts in (("inputEntry", row.inputs), ("outputEntry", row.outputs)):
        for _ in texts:
            cell = _new(table, kind)
            cell.append(_element(table, "text"))
            rule.append(cell)
    return rule


def _new(table: xml.Element, kind: str) -> xml.Element:
    element = _element(table, kind)
    element.set("id", f"{kind}_{uuid.uuid4().hex[:8]}")
    return element


def _element(beside: xml.Element, kind: str) -> xml.Element:
    return etree.Element(f"{{{etree.QName(beside).namespace}}}{kind}")


def _write(element: xml.Element, kind: str, text: str) -> None:
    """Into the child of this kind; one that is made comes first, as the schema has it of a description."""
    child = xml.child(element, kind)
    if child is None:
        child = _element(element, kind)
        element.insert(0, child)
    child.text = text
