"""The scenarios of a draft that failed for one reason, put together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from models import FlowDraft, TrialOutcome
from reference.flow_drafts import base_files, draft_files
from scenarios.bench import outcomes_now
from scenarios.known import drawn
from scenarios.names import plain

#: Why: a task waits that no line does; a line calls a step of the flow as it was called before; or does what is no step
#: of it any more.
STANDING, RENAMED, GONE = "standing", "renamed", "gone"


@dataclass(frozen=True)
class Group:
    """`about`: the id of an element, or the name of what is gone. `outcomes` in the order of their places.

    `old`: what a renamed one was called; `form`: key of the one of an element that waits, "" where it has none.
    """

    cause: str
    about: str
    name: str
    outcomes: list[TrialOutcome]
    old: str = ""
    form: str = ""


def groups_of(draft: FlowDraft) -> list[Group]:
    """Of the draft as it is now and was last tried, the largest first."""
    found: dict[tuple[str, str], list[TrialOutcome]] = {}
    names = _Names(draft)
    for row in outcomes_now(draft):
        if key := _key(row.failure, names):
            found.setdefault(key, []).append(row)
    groups = [_group(*key, rows, names) for key, rows in found.items()]
    return sorted(groups, key=lambda group: -len(group.outcomes))


def waiting(row: TrialOutcome, element: str) -> Iterator[Mapping[str, Any]]:
    """The tasks on this element that waited unspoken of, as causes.py says it."""
    return (task for task in row.failure["standing"] if task["element"] == element)


class _Names:
    """By id, what the elements of the diagrams were called in the version before, and are now."""

    def __init__(self, draft: FlowDraft):
        self._draft = draft

    @cached_property
    def before(self) -> dict[str, str]:
        return _called(base_files(self._draft))

    @cached_property
    def now(self) -> dict[str, str]:
        return _called(draft_files(self._draft))

    def renamed(self, name: str) -> str:
        """Id of what was called so and is called otherwise now, "" of none."""
        was = (id_ for id_, called in self.before.items() if called == plain(name) and id_ in self.now)
        return next(was, "")


def _called(files: Mapping[str, bytes]) -> dict[str, str]:
    return {id_: plain(node.element.name) for process in drawn(files) for id_, node in process.nodes.items()}


def _key(failure: Mapping[str, Any], names: _Names) -> tuple[str, str] | None:
    """What is new on the diagrams is the likely reason; anything else only where a line found no task to do."""
    if failure.get("gone"):
        renamed = names.renamed(failure["about"])
        return (RENAMED, renamed) if renamed else (GONE, failure["about"])
    elements = [task["element"] for task in failure.get("standing", ())]
    new = [each for each in elements if each not in names.before]
    likely = new or (elements if failure.get("about") else [])
    return (STANDING, likely[0]) if likely else None


def _group(cause: str, about: str, rows: list[TrialOutcome], names: _Names) -> Group:
    if cause == GONE:
        return Group(cause, about, about, rows)
    if cause == RENAMED:
        return Group(cause, about, names.now[about], rows, old=names.before[about])
    task = next(waiting(rows[0], about))
    return Group(cause, about, task["name"], rows, form=task["form"])
