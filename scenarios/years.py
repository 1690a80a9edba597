"""Months of 泰州 played by the running system: made-up cases, and the flows that begin by the calendar (TZ-16…29).

The cases are the same for the same seed. Everybody does what the posts of the county do, on the virtual clock.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import Select, select

from models import Case, Identity, Post, Task, Unit, session
from models.task import OPEN
from operations.house.folders import BPMN
from scenarios.features import folder_background
from scenarios.passing import begin_at, pass_until
from scenarios.people import post_name, read_person
from scenarios.steps.acting import attach_file, complete, register
from scenarios.vocabulary import find
from scenarios.world import World
from worktime.periods import months_after

FLOW = "tz_whistle"
CALENDAR_FLOWS = ("tz_monthly", "tz_quarterly", "tz_annual")
SURVEY = "N21_survey"  # waits for the quarter's end
CORRECTION = "N21_correct"  # nothing was entered wrong
PARKS = ("生物医药产业园", "新材料产业园", "数据产业园", "高港高新区产业园", "临港街道")
SLOWEST = "财政局"  # of class A: answers late and is marked low, every time
BUSIEST = "供电公司"  # of class C: has a case of its own each month
STEADY = "工业和科技创新局"  # of class A: has a case each quarter, so that the slowest is not alone
#: Marks out of 20, 20, 15, 20, 25 (F-TZ-2).
SHEET = (
    ("响应速度（20分）", 20),
    ("方案质量与专业性（20分）", 20),
    ("服务态度与主动性（15分）", 15),
    ("办理时效（20分）", 20),
    ("办理结果（25分）", 25),
)
LEAD_SHEET = (
    ("配合响应（25分）", 25),
    ("参加会办（25分）", 25),
    ("按分工时限完成（30分）", 30),
    ("完成质量（20分）", 20),
)

EXPLAINED = {"对得分": "客观原因扣分，提交情况说明", "客观因素": "政策制约", "书面情况说明": "上级政策调整"}
LAST_LATE = 19  # a day of the month: what comes ten days late still comes in this month
SIGNED_ON = 10  # by this day of the next month everything is signed, and that month's cases begin

Values = dict[str, str]


@dataclass(frozen=True)
class Mark:
    """What was given: the park's mark, and the lead department's of a unit that assisted."""

    day: datetime
    unit: str
    park: int
    lead: int | None = None
    excluded: bool = False


@dataclass
class Played:
    """What the story itself knows, to hold the papers against."""

    marks: list[Mark] = field(default_factory=list)
    votes: dict[str, dict[str, list[int]]] = field(default_factory=dict)  # quarter → unit → votes by level


class Years:
    """One county office by office, month after month."""

    def __init__(self, world: World, seed: int):
        self.world, self.random, self.played = world, Random(seed), Played()
        self._people: dict[str, Identity] = {}
        names = select(Unit.name).join(Post).where(Post.role == "liaison", Unit.code.startswith("tz_"))
        self.units = list(session.scalars(names.order_by(Unit.id)))

    def month(self, first: datetime, cases: int) -> None:
        """A month's cases one after the other, and what the calendar brings in it."""
        for number in range(cases):
            lead = self._lead(first.month, number)
            co = [unit for unit in self.random.sample(self.units, 1) if unit != lead] if number > 1 else []
            self._case(first + timedelta(days=SIGNED_ON + 12 * number // cases, hours=9), lead, co)
        if first.month % 3 == 0:
            self._survey(f"{first.year}Q{first.month // 3}")

    def _lead(self, month: int, number: int) -> str:
        usual = {0: BUSIEST, 1: SLOWEST} | ({2: STEADY} if month % 3 == 1 else {})
        return usual.get(number) or self.random.choice(self.units)

    def sign(self, moment: datetime) -> None:
        """Whatever the calendar's flows wait for at this moment is signed, found and recorded."""
        pass_until(self.world, moment)
        to_sign = _of_calendar().where(Task.element.not_in([SURVEY, CORRECTION]))
        while task := session.scalar(to_sign.order_by(Task.created_at, Task.element).limit(1)):
            self._turn_to(task)
            complete(self.world, self._person(post_name(task.post)), task.element, ())

    def _case(self, day: datetime, lead: str, co: list[str]) -> None:
        park = self.random.choice(PARKS)
        slow = lead == SLOWEST or (lead != BUSIEST and self.random.random() < 0.2)
        pass_until(self.world, max(self.world.now, day))
        register(self.world, self._person(f"{park}店小二"), FLOW, ())
        self._do(f"{park}店小二", "推送流转单", {"吹哨内容类别": "综合协调" if co else "效能提升"})
        self._do("区吹哨办分流员", "分级分类流转", {"报到（牵头）部门": lead, **({"协办部门": co[0]} if co else {})})
        if slow and self.world.now.day < LAST_LATE:
            pass_until(self.world, self.world.now + timedelta(days=5))
        overdue = lead != BUSIEST and self.world.now.day < LAST_LATE and self.random.random() < 0.1
        due = {"办结时限": f"{self.world.now + timedelta(days=1 if overdue else 14):%Y-%m-%d}"}
        if co:
            self._do(f"{lead}联络员", "牵头部门回应", {})
            self._do(f"{lead}联络员", "联商会办拿出解决方案", due)
        else:
            self._do(f"{lead}联络员", "回应诉求拿出工作方案", due)
        self._do("区吹哨办分流员", "审核流转单", {})
        if overdue:
            pass_until(self.world, self.world.now + timedelta(days=5))
        self._do(f"{lead}经办人", "办理", {})
        self._do("区吹哨办分流员", "销号", {})
        self._evaluate(park, lead, co, excluded=self.random.random() < 0.06)

    def _evaluate(self, park: str, lead: str, co: list[str], excluded: bool) -> None:
        now, given = self.world.now, self._sheet(SHEET, lead)
        self._do(f"{park}分管领导", "评价牵头部门（附件2）", given)
        marks = [Mark(now, lead, _sum(given), excluded=excluded)]
        for unit in co:
            by_park, by_lead = self._sheet(SHEET, unit), self._sheet(LEAD_SHEET, unit)
            self._do(f"{park}分管领导", "评价协办部门（附件2）", by_park)
            self._do(f"{lead}分管领导", "评价协办部门（附件3）", by_lead)
            marks.append(Mark(now, unit, _sum(by_park), _sum(by_lead), excluded))
        if excluded:
            self._do(f"{lead}联络员", "核对得分", EXPLAINED)
            attach_file(self.world, self._person("区党政主要负责人负责人"), "书面批示.pdf")
            self._do("区党政主要负责人负责人", "书面批示", {})
        self.played.marks += marks

    def _sheet(self, items: tuple[tuple[str, int], ...], unit: str) -> Values:
        low, high = (0.4, 0.6) if unit == SLOWEST else (0.75, 1)
        marks = {name: str(round(full * self.random.uniform(low, high))) for name, full in items}
        return {**marks, "评价说明": "按实际情况评价"}

    def _survey(self, quarter: str) -> None:
        votes = {unit: self._votes(unit) for unit in self.units if self.random.random() < 0.85}
        self.played.votes[quarter] = votes
        survey = session.scalars(_of_calendar().where(Task.element == SURVEY)).one()
        self._turn_to(survey)
        rows = "；".join("、".join([unit, *map(str, cast)]) for unit, cast in votes.items())
        self._do("区吹哨办分流员", "企业满意度测评", {"各部门票数": rows})

    def _votes(self, unit: str) -> list[int]:
        if unit == SLOWEST:
            return [0, 0, self.random.randint(0, 5), self.random.randint(5, 10)]
        return [self.random.randint(0, 20), self.random.randint(0, 10), self.random.randint(0, 4), 0]

    def _do(self, post: str, task: str, values: Values) -> None:
        complete(self.world, self._person(post), task, tuple(values.items()))

    def _person(self, post: str) -> Identity:
        """Looked up once: who holds which post does not change here."""
        if post not in self._people:
            self._people[post] = read_person(post)
        return self._people[post]

    def _turn_to(self, task: Task) -> None:
        self.world.turn_to(session.get_one(Case, task.case_id))


def play_years(world: World, *, begin: datetime, months: int, cases: int, seed: int) -> Played:
    """`cases` a month for so many months from `begin`, the first of a month; on a county with 泰州's flows.

    Ends when the last paper is signed, in the month after.
    """
    for step in folder_background(BPMN / FLOW / "scenarios" / "月季年.feature"):
        find(step.text, bool(step.table)).run(world, step.table)
    begin_at(world, begin - timedelta(days=1))
    years = Years(world, seed)
    for first in (months_after(begin, number) for number in range(months)):
        years.month(first, cases)
        years.sign(months_after(first, 1).replace(day=SIGNED_ON, hour=9))
    return years.played


def _of_calendar() -> Select[Any]:
    """Open tasks of the flows that begin by the calendar."""
    return select(Task).join(Case, Case.id == Task.case_id).where(Task.state == OPEN, Case.flow.in_(CALENDAR_FLOWS))


def _sum(values: Values) -> int:
    return sum(int(mark) for mark in values.values() if mark.isdecimal())
