"""Where the running cases of a version stand, read off their states: what waits for a person, for time, for a message
or for another branch, and what an operator has suspended, alike.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from engine import standing, waits_at
from engine.diagram import JOINS
from models import Case, Identity, ProcessInstance, session
from operations.gate.visibility import visible
from queries.case.diagrams import shown_elements
from reference import definitions
from reference.cache import per_database

MOST = 20_000  # cases looked at, the newest
AT_ONCE = 500


@dataclass(frozen=True)
class Standings:
    """Of `cases` that whoever asks may see; `at`: by element, the ids of the instances that stand there."""

    cases: int
    at: Mapping[str, frozenset[int]]


def standings(definition_id: int, by: Identity) -> Standings:
    """On elements that this reader may know of. That a case waits for another branch tells of that branch: where there
    are confidential elements only holders of clues read it (XT-20).
    """
    definition = definitions.definition(definition_id)
    shown = frozenset[str]().union(*(shown_elements(definition_id, each, by) for each in definition.diagrams))
    if definition.secrets and not by.can("clues"):
        shown = frozenset(each for each in shown if definition.elements[each].kind not in JOINS)
    found = defaultdict[str, set[int]](set)
    cases = _running(definition_id, by)
    for instance, elements in _stood_on(definition_id, cases).items():
        for element in elements & shown:
            found[element].add(instance)
    return Standings(len(cases), {element: frozenset(instances) for element, instances in found.items()})


def _running(definition_id: int, by: Identity) -> dict[int, int]:
    """By instance, its revision."""
    row = ProcessInstance
    mine = (row.definition_id == definition_id) & row.ended_at.is_(None)
    asked = select(row.id, row.revision).join(Case, Case.id == row.case_id).where(mine, visible(by))
    return dict(session.execute(asked.order_by(row.id.desc()).limit(MOST)).all())


def _stood_on(definition_id: int, cases: Mapping[int, int]) -> dict[int, frozenset[str]]:
    """Only what has moved since somebody last looked is read anew."""
    known = _remembered(definition_id)
    if len(known) > 2 * MOST:
        known.clear()
    moved = [each for each, revision in cases.items() if known.get(each, (-1,))[0] != revision]
    for instance, revision, elements in _read(definition_id, moved):
        known[instance] = revision, elements
    return {each: known[each][1] for each in cases if each in known}


@per_database(size=8)
def _remembered(definition_id: int) -> dict[int, tuple[int, frozenset[str]]]:
    """By instance, its revision and the elements it then stood on."""
    return {}


def _read(definition_id: int, instances: Sequence[int]) -> Iterator[tuple[int, int, frozenset[str]]]:
    """One whose state cannot be read stands nowhere."""
    elements, row = definitions.definition(definition_id).elements, ProcessInstance
    for start in range(0, len(instances), AT_ONCE):
        some = row.id.in_(instances[start : start + AT_ONCE])
        for id_, revision, state in session.execute(select(row.id, row.revision, row.state).where(some)):
            try:
                yield id_, revision, waits_at(standing(state, elements), elements)
            except (ValueError, TypeError, LookupError):
                yield id_, revision, frozenset()
