"""Which cases the words of a search are found in: in the number, the title, the handling unit's name, or what was
typed on the forms, as whoever searches may read it (S-04, C-09).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, exists, literal, or_, select
from sqlalchemy.dialects.postgresql import ARRAY

from models import Case, CaseText, Identity, StaleText, Unit, session
from models.case_text import case_pieces
from models.pieces import one_width, piece_of_unit, pieces_of_word
from operations.gate.visibility import of_office
from queries.few import few_cases

MAX_WORDS = 10  # of a search: each is a condition of its own
LONGEST_WORD = 50  # characters: what is longer is searched for by its beginning


@dataclass(frozen=True)
class Word:
    """`units`: the codes of those with the word in their name."""

    text: str
    units: tuple[str, ...]


def read_words(search: str) -> list[Word]:
    """Of what somebody typed, each once."""
    texts = dict.fromkeys(word[:LONGEST_WORD] for word in one_width(search).split()[:MAX_WORDS])
    return [Word(text, _units_named(text)) for text in texts]


def found_by(cases: Select[Any], words: list[Word], by: Identity) -> tuple[Select[Any], ColumnElement[int]]:
    """Those of these cases in which every word stands, and what they are to be sorted by, newest last: cases are
    numbered as they come in. `cases` selects from Case.

    The pieces lead to the rows quickly; what is in the row decides.
    """
    number: Any = Case.id
    cases = cases.join(CaseText, CaseText.case_id == Case.id).where(*(_stands(word, by) for word in words))
    cases = cases.where(~exists().where(StaleText.case_id == Case.id))  # a name told since may stand in its words
    if session.connection().dialect.name == "postgresql":
        cases = cases.where(*map(_narrowed, words))
    elif (few := few_cases(by)) is not None:  # it would walk through all that the words are in
        cases = cases.where(Case.id.in_(few))
    else:  # the index has its rows in order: a page is found without sorting
        number = case_pieces.c.rowid
        expression = " AND ".join(map(_expression, words))
        cases = cases.join(case_pieces, number == Case.id).where(case_pieces.c.case_pieces.match(expression))
    return cases, number


def _stands(word: Word, by: Identity) -> ColumnElement[bool]:
    """By the names and numbers in a title those search only who may ask for them: of its office (S-04, C-09)."""
    like = f"%{_literally(word.text)}%"
    return or_(
        CaseText.words.ilike(like, escape="/"),
        and_(CaseText.clear.ilike(like, escape="/"), of_office(by)),
        Case.lead_org.in_(word.units),
    )


def _literally(text: str) -> str:
    return text.replace("/", "//").replace("%", "/%").replace("_", "/_")


def _narrowed(word: Word) -> ColumnElement[bool]:
    """On PostgreSQL: both sides are read off the same index."""
    pieces: Any = CaseText.__table__.c.pieces
    spelled = pieces.op("@>")(_array(pieces_of_word(word.text)))
    handled = pieces.op("&&")(_array(map(piece_of_unit, word.units)))
    return or_(spelled, handled) if word.units else spelled


def _array(pieces: Iterable[str]) -> ColumnElement[Any]:
    return literal(sorted(pieces), ARRAY(Text()))


def _expression(word: Word) -> str:
    """On SQLite: the same as FTS5 writes it. No piece has a quote in it."""
    spelled = " AND ".join(map(_quoted, sorted(pieces_of_word(word.text))))
    return f"({' OR '.join([f'({spelled})', *(_quoted(piece_of_unit(code)) for code in word.units)])})"


def _quoted(piece: str) -> str:
    return f'"{piece}"'


def _units_named(text: str) -> tuple[str, ...]:
    named = select(Unit.code).where(Unit.name.icontains(text, autoescape=True))
    return tuple(session.scalars(named.order_by(Unit.code)))
