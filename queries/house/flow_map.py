"""One flow as it is in force: its drawings, when the calendar begins it, and each element with its clauses."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy import select

from config import ZONE
from engine import Definition, Element
from errors import NotFound
from models import Identity, StartTimer, session
from operations.house.schedule import may_begin
from queries.case.diagrams import Diagram, shown_elements
from queries.house.own_flows import is_own
from queries.house.retirement import retirements
from reference import definitions
from reference.clauses import of_flow


@dataclass(frozen=True)
class Part:
    """One process of the flow and those of its elements that carry clauses."""

    id: str
    name: str
    elements: list[Element]


@dataclass(frozen=True)
class FlowMap:
    """`diagrams` are drawn as for a case that stands nowhere."""

    definition_id: int
    key: str
    name: str
    version: int
    retired: str  # when, by whom and on what ground it was, while it is
    starts: list[str]  # by the calendar: when next, or why no more
    diagrams: list[Diagram]
    parts: list[Part]


def flow_map(key: str, by: Identity) -> FlowMap:
    """Without what is not on this reader's drawings (XT-20). Raises NotFound, also for a flow of another county."""
    row = definitions.newest(key)
    if not is_own(row.id, by):
        raise NotFound(f"没有名为“{key}”的流程。")
    definition = definitions.definition(row.id)
    shown = {process: shown_elements(row.id, process, by) for process in definition.diagrams}
    retired = key in definitions.retired()
    here = [process for process, left in shown.items() if left]
    names, elements = definition.process_names, definition.elements.values()
    return FlowMap(
        definition_id=row.id,
        key=key,
        name=row.name,
        version=row.version,
        retired=retirements(key)[-1] if retired else "",
        starts=[] if retired else list(_starts(definition)),
        diagrams=[Diagram(process, names[process], {}, [], []) for process in here],
        parts=[Part(process, names[process], _carrying(key, elements, shown[process])) for process in here],
    )


def _starts(flow: Definition) -> Iterator[str]:
    for row in session.scalars(select(StartTimer).where(StartTimer.definition_key == flow.key)):
        if may_begin(flow, row.element, row.due_at):
            yield f"下次自动开始：{row.due_at.astimezone(ZONE):%Y-%m-%d %H:%M}"
        else:
            yield flow.elements[row.element].properties.get("unavailable", "不再自动开始")


def _carrying(flow: str, elements: Iterable[Element], shown: frozenset[str]) -> list[Element]:
    """With the clauses of the flow's own document: what several flows share names those of each."""
    own = (replace(each, clauses=of_flow(each.clauses, flow)) for each in elements if each.id in shown)
    return [each for each in own if each.clauses]
