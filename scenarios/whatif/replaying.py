"""Do again what people did in a real case, each act at its moment and by the same post, as far as there is a place for
it: what comes due in between comes by itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select

from errors import AppError, InvalidForm
from models import SYSTEM, Case, Identity, Incident, Post, StartTimer, Task, session, transactional
from models.task import IS_OPEN
from operations.acts.attachments import Upload, attach
from operations.acts.cases import register_case
from operations.acts.tasks import complete_task, send_message
from operations.gate.moves import open_case
from operations.house.incidents import retry_incident
from operations.public.portal import submit_online
from operations.public.reporter_acts import act as act_online
from operations.public.reporters import pass_for
from scenarios.passing import begin_at, pass_until
from scenarios.people import holder_of
from scenarios.recording import ATTACHED, BEGUN, COMPLETED, HANDED_IN, REGISTERED, RETRIED, Act
from scenarios.steps.acting import A_PDF, a_visitor
from scenarios.world import World

#: A day before a case that the calendar begins, so that it does.
BEFORE = timedelta(days=1)


class NoPlace(AppError):
    """那时没有这一步可以办。"""


@dataclass(frozen=True)
class LeftOut:
    """An act that found no place. `at` as ISO; all of it goes through JSON."""

    at: str
    element: str
    name: str
    why: str


def in_short(error: Exception) -> str:
    """Without what was typed: it is kept with what came of the case (S-04)."""
    if isinstance(error, InvalidForm):
        return f"这一步的表单不收当时填的“{'”“'.join(error.problems)}”。"
    return str(error) if isinstance(error, AppError) else f"程序出错（{type(error).__name__}）。"


def written(act: Act) -> dict[str, Any]:
    """For JSON."""
    return asdict(act) | {"at": act.at.isoformat()}


def read_act(told: Mapping[str, Any]) -> Act:
    return Act(**{**told, "at": datetime.fromisoformat(told["at"])})


def replay(acts: Sequence[Act], flow: str, channel: str, until: datetime, world: World) -> list[LeftOut]:
    """The acts of one case of a flow, then time until a moment; `world` then knows the case.

    Returns the acts left out; where the first one is, there is no case. Raises AppError where time cannot go on.
    """
    replaying, left = _Replaying(flow, channel, world), []
    replaying.prepare(acts[0])
    for act in acts:
        if act.at > world.clock.now:
            pass_until(world, act.at)
        try:
            replaying.do(act)
        except AppError as error:
            left.append(LeftOut(act.at.isoformat(), act.element, act.name, in_short(error)))
        finally:
            session.rollback()
        if world.instance_id is None:
            return left
    pass_until(world, max(until, world.clock.now))
    return left


class _Replaying:
    def __init__(self, flow: str, channel: str, world: World):
        self._flow, self._channel, self._world = flow, channel, world
        self._people: dict[str, list[str]] = {}  # by post, who has acted there

    def prepare(self, first: Act) -> None:
        _drop_starts(self._flow if first.kind == BEGUN else "")
        begin_at(self._world, first.at - BEFORE if first.kind == BEGUN else first.at)

    def do(self, act: Act) -> None:
        """Raises AppError where there is no place for it."""
        if act.kind in (BEGUN, HANDED_IN, REGISTERED):
            self._world.turn_to(self._begin(act))
        elif act.kind == RETRIED:
            self._retry()
        elif act.kind == ATTACHED:
            attach(self._world.case().id, [Upload("附件.pdf", A_PDF)], "", by=self._who(act))
        elif not act.post:
            act_online(pass_for(self._world.case()), act.element, act.values, a_visitor())
        elif act.kind == COMPLETED:
            complete_task(self._task(act), act.values, by=self._who(act))
        else:
            send_message(self._offering(act), act.element, act.values, by=self._who(act))

    def _begin(self, act: Act) -> Case:
        if act.kind == HANDED_IN:
            return submit_online(self._flow, act.values, [], a_visitor())
        if act.kind == REGISTERED:
            return register_case(self._flow, act.values, by=self._who(act), channel=self._channel or None)
        case = session.scalar(select(Case).where(Case.flow == self._flow).order_by(Case.id.desc()).limit(1))
        if case is None:
            raise NoPlace("日历没有开始这一件。")
        return case

    def _who(self, act: Act) -> Identity:
        post = session.get(Post, act.post)
        if post is None:
            raise NoPlace("办这一步的岗位已经没有了。")
        people = self._people.setdefault(act.post, [])
        if act.actor not in people:
            people.append(act.actor)
        return holder_of(post, people.index(act.actor))

    def _task(self, act: Act) -> str:
        """The open one of this element before this post; of several alike the one about the same."""
        mine = (Task.instance_id == self._world.instance_id) & (Task.element == act.element) & IS_OPEN
        rows = session.scalars(select(Task).where(mine).order_by(Task.created_at, Task.id)).all()
        if not rows:
            raise NoPlace
        theirs = [row for row in rows if row.post == act.post]
        if not theirs:
            raise NoPlace("那时这一步在另一个岗位。")
        return next((row.id for row in theirs if row.item == act.item), theirs[0].id)

    def _offering(self, act: Act) -> str:
        """The task on which this may be said."""
        said = open_case(self._world.instance().id, by=SYSTEM).execution.messages()
        tasks = [each.task_id for each in said if each.element.id == act.element and each.task_id]
        rows = [row for row in (session.get(Task, each) for each in tasks) if row and row.post == act.post]
        if not rows:
            raise NoPlace
        return next((row.id for row in rows if row.item == act.item), rows[0].id)

    def _retry(self) -> None:
        mine = (Incident.instance_id == self._world.instance_id) & Incident.resolved_at.is_(None)
        for incident in session.scalars(select(Incident.id).where(mine)).all():
            retry_incident(incident, by=SYSTEM)


@transactional
def _drop_starts(but: str) -> None:
    """Nothing begins by the calendar here, but for this flow."""
    session.execute(delete(StartTimer).where(StartTimer.definition_key != but))
