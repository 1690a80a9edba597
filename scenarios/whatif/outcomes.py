"""What came of a case, of the real one and of one that was played again, and in what two of them differ."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Self

from sqlalchemy import func, select

from models import SYSTEM, Clue, Deadline, Document, Post, ProcessInstance, Task, Unit, session
from models.deadline import RUNNING
from operations.gate.moves import open_case
from queries.case.deadlines import is_late
from reference import definitions
from reference.people import permissions_of
from scenarios.walking import path_of

#: A token on one of these stands on something inside of it as well.
AROUND = frozenset({"callActivity", "subProcess"})


@dataclass(frozen=True)
class Outcome:
    """All of it goes through JSON. By element: how often it was `passed`, how often its limit was missed (`late`);
    `stands`: elements that a token stands on in the end; `papers` by kind, those left out that only holders of clues
    read; `watched`: elements whose task came before a post that reads clues (督查室).
    """

    passed: Mapping[str, int]
    late: Mapping[str, int]
    papers: Mapping[str, int]
    clues: int
    watched: list[str]
    stands: list[str]
    ended: bool

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        return cls(**told)

    def told(self) -> dict[str, Any]:
        return asdict(self)

    def without(self, hidden: Collection[str], *, clues: bool) -> "Outcome":
        """As somebody may know of it from whom these elements are kept, and clues where not `clues` (XT-20)."""
        return replace(
            self,
            passed=_but(self.passed, hidden),
            late=_but(self.late, hidden),
            clues=self.clues if clues else 0,
            watched=[each for each in self.watched if each not in hidden],
            stands=[each for each in self.stands if each not in hidden],
        )


def outcome_of(instance: ProcessInstance, moment: datetime) -> Outcome:
    """`moment`: when it is looked at; a limit that still runs is late by then or not yet."""
    case = instance.case_id
    limits = session.scalars(select(Deadline).where(Deadline.case_id == case))
    kinds = select(Document.kind).where(Document.case_id == case, Document.confidential.is_(False))
    clues = session.scalar(select(func.count()).select_from(Clue).where(Clue.case_id == case))
    return Outcome(
        passed=dict(Counter(path_of(instance.id))),
        late=dict(Counter(row.element for row in limits if is_late(row) or _is_over(row, moment))),
        papers=dict(Counter(session.scalars(kinds))),
        clues=clues or 0,
        watched=_watched(instance.id),
        stands=sorted(set(_standing(instance))),
        ended=instance.ended_at is not None,
    )


def difference(real: Outcome, again: Outcome, names: Mapping[str, str]) -> str:
    """In words; "" when both came to the same."""
    found = [
        *_more("少走", real.passed, again.passed, names),
        *_more("多走", again.passed, real.passed, names),
        *_more("少逾期", real.late, again.late, names),
        *_more("多逾期", again.late, real.late, names),
    ]
    if real.papers != again.papers:
        found.append("文书不一样")
    if real.clues != again.clues:
        found.append("问责线索不一样")
    if real.stands != again.stands:
        found.append("停的环节不一样")
    return "；".join(found)


def _more(word: str, here: Mapping[str, int], there: Mapping[str, int], names: Mapping[str, str]) -> list[str]:
    more = [names.get(each, each) for each, number in here.items() if number > there.get(each, 0)]
    return [f"{word}{'、'.join(f'“{name}”' for name in more[:3])}{'等' if len(more) > 3 else ''}"] if more else []


def _but(numbers: Mapping[str, int], hidden: Collection[str]) -> dict[str, int]:
    return {element: number for element, number in numbers.items() if element not in hidden}


def _is_over(row: Deadline, moment: datetime) -> bool:
    return row.state == RUNNING and not row.suspended and row.due_at < moment


def _watched(instance_id: int) -> list[str]:
    rows = select(Task.element, Unit.code, Post.role).join(Post, Post.key == Task.post)
    mine = rows.join(Unit, Unit.id == Post.unit_id).where(Task.instance_id == instance_id).distinct()
    return sorted({element for element, unit, role in session.execute(mine) if "clues" in permissions_of(unit, role)})


def _standing(instance: ProcessInstance) -> list[str]:
    if instance.ended_at:
        return []
    elements = definitions.definition(instance.definition_id).elements
    stands = open_case(instance.id, by=SYSTEM).execution.standing_on()
    return [each for each in stands if elements[each].kind not in AROUND]
