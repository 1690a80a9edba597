"""Where cases stand on the ladder: 催办, 督办, 问责, each with when, whether it was read and whether it is over."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from config import ZONE
from models import Case, CaseLink, Clue, Deadline, Document, HistoryEvent, Identity, Notice, ProcessInstance, session
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
    ended, in words; "" while the unit still has to answer, None for a step that asks for no answer.
    """

    name: str
    at: datetime
    document_id: int | None = None
    due_at: datetime | None = None
    read_at: datetime | None = None
    over: str | None = None

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
        key = (paper.case_id, paper.number)
        yield (
            paper.case_id,
            Step(
                name=paper.number,
                at=paper.raised_at.astimezone(ZONE),
                document_id=paper.id,
                due_at=paper.due_at and paper.due_at.astimezone(ZONE),
                read_at=read.get(key),
                over=answers.get(paper.id),
            ),
        )


def _orders(cases: Collection[int]) -> Iterable[tuple[int, Step]]:
    """The 督办单 by hand about these: cases of their own (operations/acts/ordering.py)."""
    about = CaseLink.other_id.in_(cases) & (CaseLink.kind == ORDERS) & (Document.kind == ORDER)
    found = select(CaseLink.other_id, Case, Document).join(Case, Case.id == CaseLink.case_id)
    rows = session.execute(found.join(Document, Document.case_id == Case.id).where(about)).all()
    orders = [order.id for _, order, _ in rows]
    read, limits = _read(orders), _last_limits(orders)
    for case_id, order, paper in rows:
        limit, read_at = limits.get(order.id), read.get((order.id, paper.number))
        due_at = limit.due_at.astimezone(ZONE) if limit else None
        at = paper.raised_at.astimezone(ZONE)
        yield case_id, Step(paper.number, at, paper.id, due_at, read_at, _how_far(order, limit))


def orders_among(cases: Collection[int]) -> set[int]:
    """Those of these cases that are a 督办单 by hand themselves."""
    return set(session.scalars(select(CaseLink.case_id).where(CaseLink.case_id.in_(cases), CaseLink.kind == ORDERS)))


def _last_limits(orders: Collection[int]) -> dict[int, Deadline]:
    """Of each the limit of its last round: feedback may be asked for again."""
    rows = session.scalars(select(Deadline).where(Deadline.case_id.in_(orders)).order_by(Deadline.id))
    return {row.case_id: row for row in rows}


def _how_far(order: Case, limit: Deadline | None) -> str:
    """03-12 反馈，03-13 解除; 03-12 反馈，等待核查; "" while the feedback is waited for."""
    if limit is None or limit.closed_at is None:
        return ""
    fed = f"{limit.closed_at.astimezone(ZONE):%m-%d} 反馈"
    return f"{fed}，{order.closed_at.astimezone(ZONE):%m-%d} 解除" if order.closed_at else f"{fed}，等待核查"


def _answers(cases: Collection[int]) -> dict[int, str]:
    """By paper how its answer came: 03-12 已反馈，解除; "" while it is waited for."""
    found = select(Document.id, Deadline.state, Deadline.closed_at).join(Deadline, started_with(Document))
    rows = session.execute(found.where(Document.case_id.in_(cases)).order_by(Deadline.id.desc()))
    return {row.id: _answer(row.state, row.closed_at) for row in rows}


def _answer(state: str, closed_at: datetime | None) -> str:
    if state == RUNNING or closed_at is None:
        return ""
    day = f"{closed_at.astimezone(ZONE):%m-%d}"
    return f"{day} {ENDS[state]}"


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
