"""Which flows a person may look at: those of their own county (reference/counties.py)."""

from collections.abc import Iterable

from models import Identity, ProcessDefinition
from reference import definitions
from reference.counties import flows_of


def own_flows(by: Identity) -> list[ProcessDefinition]:
    """The newest version of each of them."""
    rows = definitions.newest_of_each()
    own = _own(by, (row.id for row in rows))
    return [row for row in rows if row.id in own]


def is_own(definition_id: int, by: Identity) -> bool:
    """Of any version. Raises NotFound when there is none of this id."""
    return bool(_own(by, [definition_id]))


def _own(by: Identity, ids: Iterable[int]) -> frozenset[int]:
    return flows_of(by, {id_: definitions.definition(id_).units for id_ in ids})
