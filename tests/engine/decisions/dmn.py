"""Writes .dmn files as dmn-js does, and tables from rows of cells."""

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from engine.decisions import DecisionTable, parse_decisions

NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def column(kind: str, number: int, spec: str) -> str:
    """`source:string="a","b"` is name, type and listed values."""
    head, _, listed = spec.partition("=")
    name, _, type_ = head.partition(":")
    values = f"<{kind}Values><text>{escape(listed)}</text></{kind}Values>" if listed else ""
    if kind == "output":
        return f'<output id="o{number}" name={quoteattr(name)} typeRef="{type_ or "string"}">{values}</output>'
    return (
        f'<input id="i{number}" label={quoteattr(name)}><inputExpression typeRef="{type_ or "string"}">'
        f"<text>{escape(name)}</text></inputExpression>{values}</input>"
    )


def rule(number: int, cells: Sequence[str], inputs: int) -> str:
    tags = ["inputEntry" if place < inputs else "outputEntry" for place in range(len(cells))]
    entries = "".join(f"<{tag}><text>{escape(cell)}</text></{tag}>" for tag, cell in zip(tags, cells, strict=True))
    return f'<rule id="r{number}"><description>依据{number}</description>{entries}</rule>'


def decision(inputs: Sequence[str], outputs: Sequence[str], rows: Sequence[Sequence[str]], policy: str = "") -> str:
    attributes = "".join(
        f' {name}="{value}"'
        for name, value in zip(("hitPolicy", "aggregation"), policy.split("/"), strict=False)
        if value
    )
    body = "".join(
        [
            *(column("input", number, spec) for number, spec in enumerate(inputs, 1)),
            *(column("output", number, spec) for number, spec in enumerate(outputs, 1)),
            *(rule(number, cells, len(inputs)) for number, cells in enumerate(rows, 1)),
        ]
    )
    return f'<decision id="D-02" name="哨件分类"><decisionTable{attributes}>{body}</decisionTable></decision>'


def file(*decisions: str, namespace: str = NAMESPACE) -> bytes:
    return f'<definitions xmlns="{namespace}" id="d" name="d">{"".join(decisions)}</definitions>'.encode()


def table(
    inputs: Sequence[str], outputs: Sequence[str], rows: Sequence[Sequence[str]], policy: str = ""
) -> DecisionTable:
    [found] = parse_decisions("t.dmn", file(decision(inputs, outputs, rows, policy)))
    return found
