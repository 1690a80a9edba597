"""The drawings of a flow, as one reader may see them, and where a case stands on each."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from engine.redaction import redacted
from errors import NotFound
from models import Case, Identity, ProcessInstance, Task, session
from operations.gate.moves import Move
from operations.gate.visibility import visible
from queries.case.history import Story, secret_elements
from queries.case.replay import Frame, frames_of, frames_on
from queries.house.own_flows import is_own
from reference import definitions
from reference.cache import per_database


@dataclass(frozen=True)
class Diagram:
    """One process of the flow. `tokens` counts what waits on each element; `done` are the elements passed."""

    id: str
    name: str
    tokens: dict[str, int]
    done: list[str]
    late: list[str]
    frames: Sequence[Frame] = ()  # the way it came, one for each row of the history that shows here


def whole_drawing(definition_id: int, process: str, by: Identity) -> bytes:
    """The file as its designer saved it, for holders of the permission "clues". Raises NotFound, also for what this
    person has nothing to do with.
    """
    _check_may_look(definition_id, by)
    return _whole(definition_id, process)


def _check_may_look(definition_id: int, by: Identity) -> None:
    """At the flows of one's own county, and at those of the cases one may see: one's unit was asked into some."""
    cases = (
        select(Case.id)
        .join(ProcessInstance)
        .where(ProcessInstance.definition_id == definition_id, visible(by))
        .limit(1)
    )
    if not is_own(definition_id, by) and session.scalar(cases) is None:
        raise NotFound


def _whole(definition_id: int, process: str) -> bytes:
    drawings = definitions.definition(definition_id).diagrams
    if process not in drawings:
        raise NotFound
    return drawings[process]


def open_drawing(definition_id: int, process: str, by: Identity) -> bytes:
    """The file as everybody in the county may see it (XT-20). Raises NotFound, also where nothing of it is left."""
    _check_may_look(definition_id, by)
    content, left = _without_secrets(definition_id, process)
    if not left:
        raise NotFound
    return content


def diagrams_of_case(move: Move, tasks: list[Task], story: Story, by: Identity) -> list[Diagram]:
    """Of each process this person may see, where the case stands and what it has passed. `tasks`: its open ones;
    `story`: its history as this person may know of it.

    Where one of them is late, the call activities that it stands in are late as well: the main drawing shows it. One
    inside of which only what this person may not know of goes on looks passed, as its drawing does (XT-20, CA-12).
    """
    definition, instance, standing = move.definition, move.instance, move.execution.standing_on()
    overdue = [task for task in tasks if task.due_at < move.host.now]
    late = {task.element for task in overdue}.union(*(move.execution.around(task.id) for task in overdue))
    shown = {each: shown_elements(instance.definition_id, each, by) for each in definition.diagrams}
    anywhere = frozenset[str]().union(*shown.values())
    hollow = set() if by.can("clues") else move.execution.hollow(anywhere)
    frames = frames_of(story, definition, anywhere, all_known=by.can("clues") or not definition.secrets)
    found = []
    for process, here in shown.items():
        if here:
            played = frames_on(frames, here)
            tokens = dict(Counter(element for element in standing if element in here - hollow))
            done = [element for element in (*instance.passed, *sorted(hollow)) if element in here]
            found.append(Diagram(process, definition.process_names[process], tokens, done, sorted(late & here), played))
    return found


def shown_elements(definition_id: int, process: str, by: Identity) -> frozenset[str]:
    """The elements of a process that are on this reader's drawing (XT-20)."""
    if not by.can("clues"):
        return _without_secrets(definition_id, process)[1]
    elements = definitions.definition(definition_id).elements.values()
    return frozenset(each.id for each in elements if each.process == process)


@per_database(size=256)
def _without_secrets(definition_id: int, process: str) -> tuple[bytes, frozenset[str]]:
    return redacted(_whole(definition_id, process), secret_elements(definition_id))
