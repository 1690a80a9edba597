"""Whether a case that stands somewhere may go on under another version: safe, needs a mapping, or blocked, and why.

Cases that stand alike are judged once. What is asked, and why, is in docs/decisions/migration.md; engine/migration/
carrying.py relies on every answer.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from engine.definition import Definition
from engine.elements import Element
from engine.migration.ahead import DUE, Ahead
from engine.migration.fitting import Fitting
from engine.migration.markings import Floorplan, TooMany
from engine.migration.standing import Floor, Running, Stand, Standing
from engine.migration.unveiled import unveiled


class Klass(StrEnum):
    SAFE = "safe"
    MAPPING = "mapping"
    BLOCKED = "blocked"


@dataclass(frozen=True)
class Verdict:
    """`reasons`: sentences that say why it is not safe; `notes`: what changes for a case that is. `missing`: the
    elements a mapping must name.
    """

    klass: Klass
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass
class _Found:
    missing: dict[str, str] = field(default_factory=dict)  # element -> sentence
    blocked: dict[str, None] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)

    def block(self, sentence: str) -> None:
        self.blocked[sentence] = None

    @property
    def is_clear(self) -> bool:
        return not self.missing and not self.blocked

    def verdict(self) -> Verdict:
        klass = Klass.BLOCKED if self.blocked else Klass.MAPPING if self.missing else Klass.SAFE
        return Verdict(klass, (*self.blocked, *self.missing.values()), tuple(self.notes), tuple(self.missing))


class Judge:
    """Of one pair of versions and one mapping {element of the old: of the new, "" to wait for it no more}."""

    def __init__(self, old: Definition, new: Definition, mapping: Mapping[str, str]):
        self.fitting = Fitting(old, new, mapping)
        self.old, self.new = old, new
        self._before, self._after = Ahead(old), Ahead(new)
        self._for_all = (*unveiled(old, new), *self.fitting.unknown_hands())
        self._verdicts: dict[tuple[Standing, frozenset[Running]], Verdict] = {}
        self._floorplans: dict[str, Floorplan] = {}

    def judge(self, standing: Standing, running: frozenset[Running] = frozenset()) -> Verdict:
        """`running`: the deadlines that run for the case."""
        key = standing, running
        if key not in self._verdicts:
            self._verdicts[key] = self._judge(standing, running)
        return self._verdicts[key]

    def _judge(self, standing: Standing, running: frozenset[Running]) -> Verdict:
        found = _Found(blocked=dict.fromkeys(self._for_all))
        for floor in standing:
            self._ask_of_floor(floor, found)
        found.missing |= self._unmapped(running, found.missing)
        if found.is_clear:
            self._ask_of_way(standing, running, found)
        return found.verdict()

    def _unmapped(self, running: Iterable[Running], known: Mapping[str, str]) -> dict[str, str]:
        """The elements that would meet a deadline that runs, and that nothing takes the place of."""
        rules = [rule for each in sorted(running) if (rule := self.old.deadlines.get(each.element))]
        return {
            rule.until: f"时限“{rule.name}”由{self.old.elements[rule.until]}办结，新版没有这个环节：请选对应的环节。"
            for rule in rules
            if self.fitting.of(rule.until) is None and rule.until not in known
        }

    def _ask_of_floor(self, floor: Floor, found: _Found) -> None:
        for stand in floor.stands:
            self._ask_of_stand(stand, found)
        self._ask_of_pairs(dict.fromkeys(stand.element for stand in floor.stands), found)
        if found.is_clear and (tokens := self._tokens(floor)):
            self._ask_of_tokens(floor, tokens, found)

    def _ask_of_pairs(self, elements: Iterable[str], found: _Found) -> None:
        """No two become one: it would be done, or heard, twice."""
        heirs: dict[str, str] = {}
        for element in elements:
            now = self.fitting.of(element)
            if now in heirs:
                names = [self.old.elements[each] for each in (heirs[now], element)]
                found.block(f"{names[0]}和{names[1]}不能合到新版的同一个环节。")
            elif now is not None:
                heirs[now] = element

    def _ask_of_stand(self, stand: Stand, found: _Found) -> None:
        element = self.old.elements[stand.element]
        for needed in filter(None, (stand.element, stand.via if self._via_is_gone(stand) else "")):
            if sentence := self.fitting.lacks(needed):
                found.missing.setdefault(needed, sentence)
        if stand.element not in found.missing:
            found.blocked |= dict.fromkeys(self.fitting.unlike(stand.element))
            found.notes |= dict.fromkeys(self.fitting.new_beside(stand.element))
        if self.fitting.is_dropped(stand.element):
            found.notes[f"不再等{element}。"] = None

    def _via_is_gone(self, stand: Stand) -> bool:
        """Whether nobody can say by which way into the join its token has come."""
        if not stand.via or self.fitting.of(stand.element) is None:
            return False
        return self.fitting.way_in(stand.element, stand.via) is None

    def _tokens(self, floor: Floor) -> list[Stand]:
        return [stand for stand in floor.stands if self.old.elements[stand.element].kind != "boundaryEvent"]

    def _ask_of_tokens(self, floor: Floor, tokens: list[Stand], found: _Found) -> None:
        """Whether the new version may bring a case to stand so. One that draws this floor as before may."""
        scope = self.fitting.scope(floor.around)
        if scope is None:
            found.block(f"{self.old.elements[floor.around[-1]]}里面的流程在新版里不同，正在里面办的不能接着办。")
            return
        names = "、".join(str(self.old.elements[stand.element]) for stand in tokens)
        placed = frozenset(self.fitting.placed(stand) for stand in tokens)
        if any(self._after.nodes[element].scope != scope for element, _ in placed):
            found.block(f"{names}在新版里画在另一个流程或子流程中，不能接着办。")
        elif not self.fitting.same_floor(scope, floor.around):
            self._ask_of_marking(scope, placed, names, found)

    def _ask_of_marking(self, scope: str, placed: frozenset[tuple[str, str]], names: str, found: _Found) -> None:
        if scope not in self._floorplans:
            process = next(each for each in self._after.flow.processes if scope == each.id or scope in each.nodes)
            self._floorplans[scope] = Floorplan(process, scope)
        try:
            if self._floorplans[scope].allows(placed):
                return
            why = f"停在{names}的事项，照新版的图走不到这一步（有一路并行没有开始，或者会合时等不齐），不能接着办。"
        except TooMany:
            why = f"停在{names}的事项，并行的路太多，判断不了照新版能不能接着办。"
        found.block(why)

    def _ask_of_way(self, standing: Standing, running: frozenset[Running], found: _Found) -> None:
        """What the rest of the way asks of a case, and what its deadlines ask of the way."""
        stands = [(floor.around, stand) for floor in standing for stand in floor.stands]
        before = [self._before.place(around, stand.element) for around, stand in stands]
        after = [
            self._after.place(map(self.fitting.must, around), new)
            for around, stand in stands
            if (new := self.fitting.of(stand.element))
        ]
        known = self._before.needs(before)
        for name, reader in self._after.needs(after).items():
            if name not in known:
                found.block(_needs(self.new.elements[reader], name))
        found.blocked |= dict.fromkeys(self._unheard(running, self._before.reached(before), self._after.reached(after)))

    def _unheard(self, running: Iterable[Running], before: set[str], after: set[str]) -> Iterator[str]:
        """A deadline that runs must be met where it would have been, and that must still be ahead (C-03)."""
        for each in sorted(running):
            rule = self.old.deadlines.get(each.element)
            if rule is None:
                continue
            if not self.fitting.keeps(rule):
                yield f"时限“{rule.name}”正在计时，新版里没有它，或者办结它的环节、归谁不同，不能接着办。"
            elif rule.until in before and self.fitting.of(rule.until) not in after:
                yield f"时限“{rule.name}”正在计时，照新版走不到办结它的{self.old.elements[rule.until]}，不能接着办。"


def _needs(reader: Element, name: str) -> str:
    if name.startswith(DUE):
        return f"新版的{reader}要用时限“{name.removeprefix(DUE)}”，办到这里的事项没有这个时限，前面也没有环节开始它。"
    return f"新版的{reader}要用“{name}”，办到这里的事项没有填过，前面也没有环节给出。"
