"""Where cases stand on the ladder: 催办, 督办, 问责, each with when, whether it was read and whether it is over."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Row, or_, select

from config import ZONE
from models import (
    Case,
    CaseLink,
    Clue,
    Deadline,
    Document,
    HistoryEvent,
    Identity,
    Notice,
    ProcessInstance,
    now,
    session,
)
from models.deadline import MET, MISSED, RUNNING, VOID
from models.link import ORDERS
from operations.acts.ordering import started_with
from operations.gate.visibility import clues_for

REMINDER, ORDER = "催办单", "督办单"
ENDS = {MET: "已反馈，解除", MISSED: "到期未反馈", VOID: "终止"}


@dataclass(frozen=True)
class Step:
    """One step of one case. Moments are local.

    `document_id`: of the paper. `read_at`: when the unit's post first read the notice of it (签收). `over`: how it
    ended or that its day is past, in words; "" while the unit has time to answer, None for a step that asks for no
    answer. `answered`: the unit did answer, so it has read the paper, whether or not the notice.
    """

    name: str
    at: datetime
    document_id: int | None = None
    due_at: datetime | None = None
    read_at: datetime | None = None
    over: str | None = None
    answered: bool = False

    @property
    def is_running(self) -> bool:
        return self.over == ""


def ladders(cases: Collection[int], by: Identity) -> dict[int, list[Step]]:
    """The steps of each of these cases, oldest first, without what this person may not know (XT-20).

    As many statements for a thousand cases as for one.
    """
    found: dict[int, list[Step]] = defaultdict(list)
    for case_id, step in (*_papers(cases), *_orders(cases), *_by_hand(cases), *_clues(cases, by)):
        found[case_id].append(step)
    return {case_id: sorted(steps, key=lambda step: step.at) for case_id, steps in found.items()}


def _papers(cases: Collection[int]) -> Iterable[tuple[int, Step]]:
    mine = Document.case_id.in_(cases) & Document.kind.in_((REMINDER, ORDER)) & Document.confidential.is_(False)
    papers = session.scalars(select(Document).where(mine).order_by(Document.id)).all()
    read, answers = _read(cases), _answers(cases)
    for paper in papers:
        key, answer = (paper.case_id, paper.number), answers.get(paper.id)
        yield (
            paper.case_id,
            Step(
                name=paper.number,
                at=paper.raised_at.astimezone(ZONE),
                document_id=paper.id,
                due_at=paper.due_at and paper.due_at.astimezone(ZONE),
                read_at=read.get(key),
                over=None if answer is None else _answer(answer.state, answer.closed_at, answer.due_at),
                answered=answer is not None and answer.state == MET,
            ),
        )


def _orders(cases: Collection[int]) -> Iterable[tuple[int, Step]]:
    """The 督办单 by hand about these, with their 催办单: cases of their own (operations/acts/ordering.py)."""
    about = CaseLink.other_id.in_(cases) & (CaseLink.kind == ORDERS) & Document.kind.in_((ORDER, REMINDER))
    found = select(CaseLink.other_id, Case, Document).join(Case, Case.id == CaseLink.case_id)
    rows = session.execute(found.join(Document, Document.case_id == Case.id).where(about)).all()
    orders = [order.id for _, order, _ in rows]
    read, limits = _read(orders), _rounds(orders)
    for case_id, order, paper in rows:
        yield case_id, _step_of(order, paper, limits.get(order.id, []), read.get((order.id, paper.number)))


def _step_of(order: Case, paper: Document, rounds: Sequence[Deadline], read_at: datetime | None) -> Step:
    """Feedback may be asked for again: of a 督办单 the last round counts. Its 催办单 asks for no answer of its own."""
    fed = [each.closed_at for each in rounds if each.state == MET and each.closed_at]
    answered = any(at >= paper.raised_at for at in fed)
    step = Step(paper.number, paper.raised_at.astimezone(ZONE), paper.id, read_at=read_at, answered=answered)
    if paper.kind == REMINDER:
        return step
    last = rounds[-1] if rounds else None
    return replace(step, due_at=last.due_at.astimezone(ZONE) if last else None, over=_how_far(order, last))


def orders_among(cases: Collection[int]) -> set[int]:
    """Those of these cases that are a 督办单 by hand themselves."""
    return set(session.scalars(select(CaseLink.case_id).where(CaseLink.case_id.in_(cases), CaseLink.kind == ORDERS)))


def _rounds(orders: Collection[int]) -> dict[int, list[Deadline]]:
    """Of each the limits of its feedback, oldest first."""
    found: dict[int, list[Deadline]] = defaultdict(list)
    for row in session.scalars(select(Deadline).where(Deadline.case_id.in_(orders)).order_by(Deadline.id)):
        found[row.case_id].append(row)
    return found


def _how_far(order: Case, limit: Deadline | None) -> str:
    """03-12 反馈，03-13 解除; 03-12 逾期反馈，等待核查; 03-11 到期未反馈; "" while there is time for feedback."""
    if limit is None or limit.closed_at is None:
        return _unanswered(limit.due_at) if limit else ""
    fed = f"{limit.closed_at.astimezone(ZONE):%m-%d} {'逾期反馈' if limit.on_time is False else '反馈'}"
    return f"{fed}，{order.closed_at.astimezone(ZONE):%m-%d} 解除" if order.closed_at else f"{fed}，等待核查"


def _answers(cases: Collection[int]) -> dict[int, Row[int, str, datetime | None, datetime]]:
    """By paper how far the limit for its answer is."""
    found = select(Document.id, Deadline.state, Deadline.closed_at, Deadline.due_at)
    found = found.join(Deadline, started_with(Document)).where(Document.case_id.in_(cases))
    return {row.id: row for row in session.execute(found.order_by(Deadline.id.desc()))}


def _answer(state: str, closed_at: datetime | None, due_at: datetime) -> str:
    """03-12 已反馈，解除; 03-11 到期未反馈; "" while there is time for it."""
    if state == RUNNING or closed_at is None:
        return _unanswered(due_at)
    return f"{closed_at.astimezone(ZONE):%m-%d} {ENDS[state]}"


def _unanswered(due_at: datetime) -> str:
    return f"{due_at.astimezone(ZONE):%m-%d} {ENDS[MISSED]}" if due_at < now() else ""


def _read(cases: Collection[int]) -> dict[tuple[int, str], datetime]:
    """When a notice of a paper, `督办单〔2026〕1号：…`, was first read, by case and number."""
    papers = or_(*(Notice.text.startswith(f"{kind}〔") for kind in (REMINDER, ORDER)))
    found = select(Notice.case_id, Notice.text, Notice.read_at)
    found = found.where(Notice.case_id.in_(cases), papers, Notice.read_at.is_not(None))
    rows = session.execute(found.order_by(Notice.read_at.desc()))
    return {(row.case_id, row.text.partition("：")[0]): row.read_at.astimezone(ZONE) for row in rows}


def _by_hand(cases: Collection[int]) -> Iterable[tuple[int, Step]]:
    """The last time somebody urged by hand: a notice and no step of the ladder."""
    found = select(ProcessInstance.case_id, HistoryEvent.at, HistoryEvent.actor)
    found = found.join(HistoryEvent, HistoryEvent.instance_id == ProcessInstance.id)
    rows = session.execute(
        found.where(ProcessInstance.case_id.in_(cases), HistoryEvent.kind == "urged").order_by(HistoryEvent.id)
    )
    newest = {row.case_id: Step(f"{row.actor}催办", row.at.astimezone(ZONE)) for row in rows}
    return newest.items()


def _clues(cases: Collection[int], by: Identity) -> Iterable[tuple[int, Step]]:
    rows = session.execute(select(Clue.case_id, Clue.raised_at).where(Clue.case_id.in_(cases), clues_for(by)))
    return [(row.case_id, Step("问责线索", row.raised_at.astimezone(ZONE))) for row in rows]
