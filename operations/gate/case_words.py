"""What the search of cases finds a case by: number, title, handling unit, and what was typed on its forms as every
reader may read it. A step only notes that they have changed; the ticker makes them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from engine import Definition
from engine.forms import Field, flat
from engine.forms.form import TEXTS
from engine.masking import Masking
from models import Case, CaseText, ProcessInstance, StaleText, Submission, Writes, session, transactional
from models.alone import WORDS, first_to
from models.pieces import one_width, piece_of_unit, pieces
from operations.gate.known import Known
from operations.gate.moves import Move
from reference import definitions
from reference.past_versions import forms_ever

AT_ONCE = 500  # notes of steps, or cases of an old database, to a commit

_texts = CaseText.__table__.c
_change = update(CaseText.__table__).where(_texts.case_id == bindparam("case"))  # type: ignore[arg-type]

_forget = delete(StaleText.__table__).where(StaleText.__table__.c.id == bindparam("stale"))  # type: ignore[arg-type]

Handed = Sequence[Any]  # Submission, or rows with its element, form and values


def note_words(moves: Iterable[Move], known: Mapping[int, Known], writes: Writes) -> None:
    """Of the cases whose words these moves have changed. Making them takes longer the more forms a case has had, so
    no step waits for it.
    """
    for move in moves:
        if move.said or mark_of(move.instance.case) != known[move.instance.id].words:
            writes.add(StaleText, case_id=move.instance.case_id)


def refresh_words() -> int:
    """Make the words anew of every case that has changed. Returns how many cases (a step of the ticker)."""
    made = 0
    while cases := _refresh():
        made += cases
    return made


@transactional
def _refresh() -> int:
    """What a step has noted here it has committed: its forms are read. A later step's note stays for the next round.

    One ticker at a time: of two, the one that has read the forms first could write last, and old words would stay
    (C-09). No step waits for it.
    """
    if not first_to(WORDS):
        return 0
    stale = select(StaleText.id, StaleText.case_id).order_by(StaleText.id).limit(AT_ONCE)
    rows = session.execute(stale).all()
    cases, writes = {row.case_id for row in rows}, Writes()
    _make(_instances(cases), _with_words(cases), writes)
    for row in rows:
        writes.change(_forget, stale=row.id)
    writes.send()
    return len(cases)


def _make(instances: Sequence[ProcessInstance], have: Collection[int], writes: Writes) -> None:
    """`have`: the cases that have a row."""
    handed_in = _handed_in([each.case_id for each in instances])
    for each in instances:
        values = words_of(each.case, definitions.definition(each.definition_id), handed_in[each.case_id])
        if each.case_id in have:
            writes.change(_change, case=each.case_id, **values)
        else:
            writes.add(CaseText, case_id=each.case_id, **values)


def _instances(cases: Collection[int]) -> Sequence[ProcessInstance]:
    found = select(ProcessInstance).where(ProcessInstance.case_id.in_(cases)).order_by(ProcessInstance.case_id)
    return session.scalars(found.execution_options(populate_existing=True)).all() if cases else ()


def _with_words(cases: Collection[int]) -> Collection[int]:
    return session.scalars(select(CaseText.case_id).where(CaseText.case_id.in_(cases))).all() if cases else ()


def words_of(case: Case, definition: Definition, handed_in: Handed) -> dict[str, Any]:
    """The columns of its row. `words` tell what a page shows: names and numbers masked (S-04), of a confidential case
    nothing of the reporter (C-09), of no case what happened where only the holders of clues may look (XT-20).
    """
    typed = [
        (row, each, row.values.get(each.key)) for row in handed_in for each in forms_ever(definition)[row.form].inputs
    ]
    values = [(each, value) for _, each, value in typed]
    masking = Masking.of(values, case.reporter, known=not case.confidential)
    said = [text for row, each, value in typed if row.element not in definition.secrets for text in _said(each, value)]
    public, clear = one_width(masking.text(case.title)), one_width(case.title)
    words = "\n".join([case.case_no or "", public, *(one_width(masking.text(text)) for text in said)])
    clear = clear if clear != public else ""
    unit = {piece_of_unit(case.lead_org)} if case.lead_org else set()
    return {"mark": mark_of(case), "words": words, "clear": clear, "pieces": pieces(f"{words} {clear}") | unit}


def mark_of(case: Case) -> str:
    """Another where one of the facts is another."""
    facts = case.case_no, case.title, case.lead_org, case.reporter, case.confidential
    return blake2b(repr(facts).encode(), digest_size=8).hexdigest()


def says_something(fields: Iterable[Field], values: Mapping[str, Any]) -> bool:
    """Whether a form that was handed in changes what the case is found by: also a name, which is then left out."""
    return any(values.get(each.key) and (each.type in TEXTS or each.type == "dynamiclist") for each in fields)


@transactional
def _fill(after: int) -> int | None:
    """The next cases of an old database that have no row yet; the last one's id, None at the end."""
    without = select(ProcessInstance).outerjoin(CaseText, CaseText.case_id == ProcessInstance.case_id)
    without = without.where(CaseText.case_id.is_(None), ProcessInstance.case_id > after)
    found = session.scalars(without.order_by(ProcessInstance.case_id).limit(AT_ONCE)).all()
    writes = Writes()
    _make(found, (), writes)
    writes.send()
    return found[-1].case_id if found else None


def fill_words() -> None:
    """Give every case of an older release its words. Nobody else works on the database (`flask prepare`)."""
    last: int | None = 0
    while last is not None:
        last = _fill(last)


def _handed_in(cases: Sequence[int]) -> dict[int, list[Any]]:
    """Rows and no objects: a long case has many."""
    found: dict[int, list[Any]] = defaultdict(list)
    if cases:
        asked = select(Submission.case_id, Submission.element, Submission.form, Submission.values)
        for row in session.execute(asked.where(Submission.case_id.in_(cases)).order_by(Submission.id)):
            found[row.case_id].append(row)
    return found


def _said(field: Field, value: Any) -> list[str]:
    """What somebody typed there, unless it is the reporter's, or for the holders of clues alone (XT-20)."""
    if "personal" in field.properties or field.confidential or not value:
        return []
    if field.type == "dynamiclist":
        return [text for row in value for each in flat(field.fields) for text in _said(each, row.get(each.key))]
    return [value] if field.type in TEXTS else []
