"""Whether every unit that a flow names is of its own county: another county's people get none of its cases."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.check.flow import CheckedFlow
from engine.check.people import rows_of_tables
from engine.diagram import Node
from engine.expressions.nodes import Call
from engine.texts import parameters_of, texts
from errors import Problem

#: Functions that take a unit's code, and how many of their first arguments are one.
OF_UNITS = {"post": 1, "unit_name": 1, "unit_kind": 1, "within": 2}


@dataclass(frozen=True)
class Named:
    """A unit, with its role where a post is named, and the place that names it."""

    unit: str
    role: str
    element: str
    where: str

    @property
    def words(self) -> str:
        return f"的岗位“{self.unit}:{self.role}”" if self.role else f"的单位“{self.unit}”"


def strange_units(flow: CheckedFlow) -> Iterator[Problem]:
    """Where nobody says whose flow it is, it is of the county of the first unit that it names, and its tables may be
    those that several counties share (D-08).
    """
    counties = flow.around.counties
    named = [each for each in _named(flow) if each.unit in counties] if counties else []
    own = set(flow.around.own_counties) or {counties[each.unit] for each in named[:1]}
    for each in named:
        if counties[each.unit] not in own:
            yield Problem(each.element, f"{each.where}{each.words}是另一个县（{counties[each.unit]}）的。")


def _named(flow: CheckedFlow) -> Iterator[Named]:
    for process in flow.processes:
        for text in texts(process):
            for call in text.compile().calls:
                yield from (Named(*each, text.element, f"{text.shown} 的{text.place}用到") for each in _in_call(call))
        for node in process.nodes.values():
            yield from _in_words(node)
    if flow.around.own_counties:
        for table, row, unit, role in rows_of_tables(flow.processes, flow.decisions):
            if unit not in flow.around.in_tables:
                yield Named(unit, role, table.id, f"决策表“{table.name}”第{row}行")


def _in_call(call: Call) -> Iterator[tuple[str, str]]:
    codes = call.arguments[: OF_UNITS.get(call.function, 0)]
    role = call.arguments[1] if call.function == "post" and len(call.arguments) == 2 else ""
    yield from ((code, role if isinstance(role, str) else "") for code in codes if isinstance(code, str))


def _in_words(node: Node) -> Iterator[Named]:
    """The post that registers what people hand in themselves; a unit that a service is given as a text."""
    unit, _, role = node.element.properties.get("receiver", "").partition(":")
    if unit:
        yield Named(unit, role, node.id, f"{node.element} 提交后登记")
    for name, source in parameters_of(node).items():
        if len(source) > 2 and source[0] == source[-1] == '"':
            yield Named(source[1:-1], "", node.id, f"{node.element} 的参数 {name} ")
