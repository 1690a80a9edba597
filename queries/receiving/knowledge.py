"""The knowledge base as people look things up in it: by words, beside a form, and one entry with all it has said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from config import ZONE
from errors import NotFound
from models import Identity, KnowledgeEntry, KnowledgeVersion, Unit, now, session
from operations.acts.knowledge import counties_written
from reference.counties import counties_of
from reference.knowledge import COLUMNS, Entry, shelf

OFFERED = 4  # beside a form
LISTED = 100


@dataclass(frozen=True)
class Answer:
    """An entry offered beside a form. `why`: the words it has in common with what was typed."""

    entry: Entry
    unit_name: str
    why: str


@dataclass(frozen=True)
class EntryRow:
    entry: Entry
    unit_name: str
    state: str  # 已停用, 已过期; mostly ""


@dataclass(frozen=True)
class EntryPage:
    """`versions` begin with the newest."""

    row: EntryRow
    versions: Sequence[Entry]
    may_change: bool


def answers(text: str, by: Identity) -> list[Answer]:
    """The entries in force that are nearest to what was typed, of this person's counties."""
    found = shelf(counties_of(by.units)).near(text, _today(), OFFERED)
    names = _unit_names(entry for entry, _ in found)
    return [Answer(entry, names.get(entry.unit, ""), "、".join(words)) for entry, words in found]


def entries(search: str, by: Identity) -> list[EntryRow]:
    """Those with all the words, or near ones; without words all, the last changed first. At most LISTED."""
    kept = shelf(_read_by(by))
    found = (kept.having(search) if search.split() else kept.entries)[:LISTED]
    return _rows(found)


def entry_page(entry_id: int, by: Identity) -> EntryPage:
    """Raises NotFound also for an entry of another county."""
    county = session.scalar(select(KnowledgeEntry.county).where(KnowledgeEntry.id == entry_id))
    if county is None or county not in _read_by(by):
        raise NotFound
    found = select(*COLUMNS).where(KnowledgeVersion.entry_id == entry_id).order_by(KnowledgeVersion.number.desc())
    versions = [Entry(*row) for row in session.execute(found)]
    return EntryPage(_rows(versions[:1])[0], versions, county in counties_written(by))


def _read_by(by: Identity) -> tuple[str, ...]:
    """Administrators look after every county here."""
    everybody = select(Unit.code).where(Unit.parent_id.is_(None))
    return counties_of(everybody) if by.can("administer") else counties_of(by.units)


def _rows(found: Sequence[Entry]) -> list[EntryRow]:
    names, day = _unit_names(found), _today()
    return [EntryRow(entry, names.get(entry.unit, ""), _state(entry, day)) for entry in found]


def _state(entry: Entry, day: date) -> str:
    if entry.withdrawn:
        return "已停用"
    return "" if entry.is_current(day) else "已过期"


def _unit_names(found: Iterable[Entry]) -> dict[str, str]:
    codes = {entry.unit for entry in found} - {""}
    rows = session.execute(select(Unit.code, Unit.name).where(Unit.code.in_(codes))) if codes else ()
    return {row.code: row.name for row in rows}


def _today() -> date:
    return now().astimezone(ZONE).date()
