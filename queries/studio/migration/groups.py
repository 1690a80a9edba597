"""Running cases of a version, put together by what is to be said of them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b

from sqlalchemy import select

from engine import Klass, Standing, Verdict
from models import Identity, ProcessInstance, session
from operations.studio.migrating import Order, judged

LOOKED_AT = 20_000  # cases that a page judges; the job judges each
AT_ONCE = 1_000
#: What a reader who may not know of an element reads of it (XT-20).
COVERED = "有的环节在新版里不同，不能接着办。"


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
        self._order = order
        versions = order.judge.old, order.judge.new
        known = by.can("clues")
        self.hidden = frozenset[str]() if known else frozenset[str]().union(*(each.secrets for each in versions))
        self._secret = [str(each.elements[id_]) for each in versions for id_ in each.secrets & self.hidden]
        self._counts: Counter[Verdict] = Counter()
        self.standing: Counter[str] = Counter()  # by element, the cases that stand on it
        self.missing: dict[str, None] = {}  # elements that a mapping must name

    def look(self) -> int:
        """At the first LOOKED_AT cases. Returns how many there were."""
        looked = 0
        for rows in chunks(self._order.old):
            for _, stands, verdict in judged(self._order, rows):
                self._add(stands, verdict)
            looked += len(rows)
            if looked >= LOOKED_AT:
                break
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
        """As this reader may read it."""
        reasons = tuple(dict.fromkeys(COVERED if self._tells(each) else each for each in verdict.reasons))
        return Verdict(verdict.klass, reasons, tuple(each for each in verdict.notes if not self._tells(each)))

    def _tells(self, sentence: str) -> bool:
        return any(name in sentence for name in self._secret)


def chunks(definition_id: int, after: int = 0) -> Iterator[list[tuple[int, int, bytes]]]:
    """Running cases of a version (instance, case, state), in the order of their ids."""
    row = ProcessInstance
    mine = (row.definition_id == definition_id) & row.ended_at.is_(None)
    asked = select(row.id, row.case_id, row.state).where(mine).order_by(row.id).limit(AT_ONCE)
    while found := session.execute(asked.where(row.id > after)).all():
        after = found[-1][0]
        yield [(instance, case, state) for instance, case, state in found]
