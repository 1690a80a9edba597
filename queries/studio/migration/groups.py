"""Running cases of a version, put together by what is to be said of them."""

from collections import Counter
from dataclasses import dataclass
from hashlib import blake2b

from engine import Klass, Standing, Verdict
from models import Identity
from operations.studio.clue_cover import COVERED, as_known, hidden_from, is_covered, looked_at, names_of
from operations.studio.migrating import Order, judged


@dataclass(frozen=True)
class Group:
    """Cases of which the same is to be said. `key` names it in a link."""

    key: str
    klass: Klass
    reasons: tuple[str, ...]
    notes: tuple[str, ...]
    count: int


class Groups:
    """What one reader may know of the cases that were looked at."""

    def __init__(self, order: Order, by: Identity):
        self._order = order = as_known(order, by)
        self.hidden = hidden_from(order, by)
        self._covered = is_covered(order, by)
        self._secret = names_of(order, self.hidden)
        self._counts: Counter[Verdict] = Counter()
        self.standing: Counter[str] = Counter()  # by element, the cases that stand on it
        self.missing: dict[str, None] = {}  # elements that a mapping must name

    def look(self) -> int:
        """At the first LOOKED_AT cases. Returns how many there were."""
        looked = 0
        for rows in looked_at(self._order.old):
            for _, stands, verdict in judged(self._order, rows):
                self._add(stands, verdict)
            looked += len(rows)
        return looked

    def of(self, verdict: Verdict) -> str:
        """The key of the group."""
        told = self._told(verdict)
        said = "|".join((told.klass, *told.reasons, *told.notes))
        return blake2b(said.encode(), digest_size=8).hexdigest()

    def found(self) -> list[Group]:
        """Those that are to be mended first, the largest first."""
        worst = [Klass.MAPPING, Klass.BLOCKED, Klass.SAFE]
        rows = [Group(self.of(v), v.klass, v.reasons, v.notes, count) for v, count in self._counts.items()]
        return sorted(rows, key=lambda row: (worst.index(row.klass), -row.count, row.reasons))

    def _add(self, stands: Standing, verdict: Verdict) -> None:
        self._counts[self._told(verdict)] += 1
        elements = {stand.element for floor in stands for stand in floor.stands}
        self.standing.update(elements - self.hidden)
        self.missing |= dict.fromkeys(each for each in verdict.missing if each not in self.hidden)

    def _told(self, verdict: Verdict) -> Verdict:
        """As this reader may read it; of a pair that is covered, the same of every case."""
        if self._covered:
            return Verdict(Klass.BLOCKED, (COVERED,))
        return Verdict(verdict.klass, verdict.reasons, tuple(each for each in verdict.notes if not self._tells(each)))

    def _tells(self, sentence: str) -> bool:
        return any(name in sentence for name in self._secret)
