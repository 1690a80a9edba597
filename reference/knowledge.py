"""The knowledge base (知识库) as it stands: read once for each state it is in, and searched by near words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from models import KnowledgeEntry, KnowledgeVersion, session
from models.nearest import Nearest
from models.pieces import one_width
from reference.cache import per_database

NEAR = 0.08  # of two texts that have a word of weight in common, however long one of them is
MOST = 100  # on one page


@dataclass(frozen=True)
class Entry:
    """One version of an entry, as models.KnowledgeVersion has it."""

    entry_id: int
    number: int
    title: str
    question: str
    answer: str
    unit: str
    clause: str
    valid_until: date | None
    withdrawn: bool
    by: str
    at: datetime

    def is_current(self, day: date) -> bool:
        return not self.withdrawn and (self.valid_until is None or day <= self.valid_until)


COLUMNS = tuple(getattr(KnowledgeVersion, name) for name in Entry.__dataclass_fields__)


@dataclass(frozen=True)
class Shelf:
    """The newest versions of a county's entries, the last changed first, and the index over those."""

    entries: Sequence[Entry]
    index: Nearest

    def near(self, text: str, day: date, most: int) -> list[tuple[Entry, tuple[str, ...]]]:
        """The entries in force nearest to a text, each with the words in common."""
        found = self.index.near(text, least=NEAR, most=MOST)
        near = [(self.entries[each.at], each.words) for each in found if self.entries[each.at].is_current(day)]
        return near[:most]

    def having(self, words: str) -> list[Entry]:
        """All in which each of these words stands; where none has them all, those that are near."""
        asked = [word.lower() for word in one_width(words).split()]
        having = [entry for entry in self.entries if all(word in _text(entry).lower() for word in asked)]
        return having or [self.entries[each.at] for each in self.index.near(words, least=NEAR, most=MOST)]


def shelf(counties: tuple[str, ...]) -> Shelf:
    """The entries of these counties, by the codes of their top units."""
    written = session.scalar(select(func.count()).select_from(KnowledgeVersion)) or 0
    return _shelf(written, counties)


@per_database(size=16)
def _shelf(_written: int, counties: tuple[str, ...]) -> Shelf:
    """As it stands after so many versions: rows are only ever added. The newest id would not do, for of two who write
    at once the one with the lower id may commit last.
    """
    is_newest = (KnowledgeVersion.entry_id == KnowledgeEntry.id) & (KnowledgeVersion.number == KnowledgeEntry.version)
    found = select(*COLUMNS).join(KnowledgeEntry, is_newest).where(KnowledgeEntry.county.in_(counties))
    entries = [Entry(*row) for row in session.execute(found.order_by(KnowledgeVersion.id.desc()))]
    return Shelf(entries, Nearest(_text(entry) for entry in entries))


def _text(entry: Entry) -> str:
    return one_width(f"{entry.title} {entry.question} {entry.answer}")
