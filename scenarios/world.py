"""What one scenario knows while it runs: its clock, its cases, what was last refused."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from sqlalchemy import select

from config import ZONE
from engine import Definition
from errors import AppError
from models import Case, ProcessInstance, session
from models.clock import VirtualClock
from reference import definitions
from scenarios.failures import NotUnderstood, Unexpected
from scenarios.names import plain


@dataclass
class World:
    """`today` is what “8 个工作日前” counts from; `usual` holds how forms are filled in where a step does not say.

    `place` is that of the step at hand in its scenario. `after_each` is called when people or the clock have done
    something, before anything else happens.
    """

    clock: VirtualClock
    today: datetime
    instance_id: int | None = None
    names: dict[str, int] = field(default_factory=dict)
    usual: dict[str, dict[str, str]] = field(default_factory=dict)
    refusal: AppError | None = None
    place: int = 0
    after_each: Callable[[], None] = lambda: None

    @cached_property
    def drawn(self) -> frozenset[str]:
        """What flows and the elements of their diagrams are called, by name or id, as when it is first asked for."""
        flows = definitions.newest_of_each()
        elements = [each for flow in flows for each in definitions.definition(flow.id).elements.values()]
        ids = {element.id for element in elements}
        return frozenset(ids | {plain(element.name) for element in elements} | {plain(flow.name) for flow in flows})

    @property
    def now(self) -> datetime:
        return self.clock.now.astimezone(ZONE)

    def instance(self) -> ProcessInstance:
        """The case the story is about. Raises NotUnderstood before there is one."""
        if self.instance_id is None:
            raise NotUnderstood("还没有登记过事项。")
        return session.get_one(ProcessInstance, self.instance_id)

    def case(self) -> Case:
        return self.instance().case

    def reported(self) -> Case:
        """The case, whose reporter has a query code. Raises Unexpected when there is none."""
        case = self.case()
        if not case.query_code:
            raise Unexpected("有查询码", "没有查询码")
        return case

    def definition(self) -> Definition:
        return definitions.definition(self.instance().definition_id)

    def turn_to(self, case: Case) -> None:
        """From here on the story is about this case."""
        self.instance_id = instance_of(case)


def instance_of(case: Case) -> int:
    return session.scalars(select(ProcessInstance.id).where(ProcessInstance.case_id == case.id)).one()
