"""The page on which a manager chooses two versions, maps elements and reads which running cases may go over."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from engine import Definition
from models import Identity
from operations.studio.clue_cover import as_known
from operations.studio.migrating import LOOKED_AT, Order
from operations.studio.migration_jobs import require_versions
from operations.studio.opening import require_flow
from queries.case.diagrams import shown_elements
from queries.studio.migration.groups import Group, Groups
from queries.studio.migration.jobs import JobLine, job_lines
from queries.studio.versions import VersionLine, versions
from reference import definitions

#: In place of a new element: the event is waited for no more.
LET_GO = "-"


@dataclass(frozen=True)
class Choice:
    """An element that cases stand on, and what may take its place: value and label of each."""

    element: str
    name: str
    cases: int
    chosen: str
    options: list[tuple[str, str]]

    @property
    def is_same(self) -> bool:
        """Whether the element has kept its id."""
        return self.chosen == self.element


@dataclass(frozen=True)
class Drawing:
    """One process, and which of the two versions draw it."""

    process: str
    name: str
    old: bool
    new: bool


@dataclass(frozen=True)
class MigrationPage:
    """`looked`: the cases that were judged. `standing`, `arriving`: by element of the old and of the new version how
    many stand there. `old` is None while there is nothing to choose from.
    """

    flow: str
    name: str
    versions: list[VersionLine]
    new: VersionLine
    old: VersionLine | None = None
    looked: int = 0
    groups: tuple[Group, ...] = ()
    choices: tuple[Choice, ...] = ()
    drawings: tuple[Drawing, ...] = ()
    standing: Mapping[str, int] = field(default_factory=dict)
    arriving: Mapping[str, int] = field(default_factory=dict)
    jobs: tuple[JobLine, ...] = ()

    def count(self, klass: str) -> int:
        return sum(group.count for group in self.groups if group.klass == klass)

    @property
    def is_whole(self) -> bool:
        return self.looked < LOOKED_AT


def migration_page(
    flow: str, by: Identity, old: int | None, new: int | None, mapping: Mapping[str, str]
) -> MigrationPage:
    """`old`, `new`: ids of versions; without them, the one most cases run under and the newest. Raises NotFound,
    NotAllowed.
    """
    newest = definitions.newest(flow)
    require_flow(newest.id, by)
    known = versions(flow, by)
    after = next((each for each in known if each.id == new), known[0])
    others = [each for each in known if each.id != after.id]
    if not others:
        return MigrationPage(flow, newest.name, known, after)
    before = next((each for each in others if each.id == old), max(others, key=lambda each: each.running))
    require_versions(flow, before.id, after.id, by)
    order = as_known(Order.of(before.id, after.id, mapping, ""), by)
    groups = Groups(order, by)
    looked = groups.look()
    return MigrationPage(
        flow=flow,
        name=newest.name,
        versions=known,
        new=after,
        old=before,
        looked=looked,
        groups=tuple(groups.found()),
        choices=tuple(_choices(order, groups)),
        drawings=tuple(_drawings(order, by)),
        standing=groups.standing,
        arriving=_arriving(order, groups),
        jobs=tuple(job_lines(flow)),
    )


def _choices(order: Order, groups: Groups) -> Iterable[Choice]:
    """Those that must be made first, then by how many cases it is about."""
    old, new, mapping = order.judge.old, order.judge.new, dict(order.mapping)
    elements = dict.fromkeys([*groups.missing, *(element for element, _ in groups.standing.most_common())])
    for id_ in elements:
        element = old.elements[id_]
        options = [
            (each.id, f"{each.name or each.id}（{each.id}）")
            for each in new.elements.values()
            if (each.kind, each.event) == (element.kind, element.event) and each.id not in groups.hidden
        ]
        if element.kind == "boundaryEvent":
            options.append((LET_GO, "不再等"))
        chosen = mapping.get(id_, id_) or LET_GO
        chosen = chosen if chosen in dict(options) else ""
        yield Choice(id_, element.name or id_, groups.standing[id_], chosen, options)


def _arriving(order: Order, groups: Groups) -> dict[str, int]:
    fitting, found = order.judge.fitting, dict[str, int]()
    for element, cases in groups.standing.items():
        if (now := fitting.of(element)) and now not in groups.hidden:
            found[now] = found.get(now, 0) + cases
    return found


def _drawings(order: Order, by: Identity) -> Iterable[Drawing]:
    """The main process first."""
    sides = [_shown(order.old, order.judge.old, by), _shown(order.new, order.judge.new, by)]
    for process in dict.fromkeys([*sides[1], *sides[0]]):
        name = sides[1].get(process) or sides[0][process]
        yield Drawing(process, name, process in sides[0], process in sides[1])


def _shown(version: int, definition: Definition, by: Identity) -> dict[str, str]:
    return {id_: name for id_, name in definition.process_names.items() if shown_elements(version, id_, by)}
