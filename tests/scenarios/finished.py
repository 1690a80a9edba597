"""Finished cases of 湘潭, each handled in so many working days, for what is asked about the past."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from config import ZONE
from models import Case, Deadline, session, virtual_clock
from models.clock import VirtualClock
from scenarios.features import folder_background, parse_text, scenarios_of
from scenarios.runner import play
from scenarios.world import World

XT = Path(__file__).parents[2] / "bpmn" / "xt_cannot"
#: What each is called, and when it was handled: its limit ends on Monday, 2026-03-16.
HANDLED = {"次日办结": "2026-03-10 10:00", "第四日办结": "2026-03-13 10:00", "逾期两日办结": "2026-03-18 10:00"}
BEGINNING = """# language: zh-CN
功能: 试
  场景: {name}
    假如 现在是 {day} 09:00
    当 县政务大厅窗口受理员登记“解决“办不成事”问题”：
      | 事项标题 | {name} |
    而且 {day} 10:00 工作专班分流员完成“分类交办”
    而且 {day} 14:00 县自然资源局联络员完成“签收”
"""
REST = """
    而且 2026-03-09 15:00 县自然资源局经办人提出“登记联系”
    而且 {handled} 县自然资源局经办人完成“办理”
    而且 县自然资源局分管领导完成“负责人签批反馈专班”
    而且 2026-03-19 09:00 工作专班审核员完成“核查”
    而且 2026-03-19 10:00 工作专班回访员完成“CA05_revisit”
    而且 到了 2026-03-30 09:00
"""


def finish(clock: VirtualClock, handled: Mapping[str, str] = HANDLED) -> dict[str, int]:
    """Play them on the database at hand; the clock then stands at the end of the month. Returns their ids."""
    for name, moment in handled.items():
        _play((BEGINNING + REST).format(name=name, day="2026-03-09", handled=moment), clock)
    clock.now = datetime(2026, 3, 30, 9, tzinfo=ZONE)
    return {row.title: row.id for row in session.scalars(select(Case).order_by(Case.id))}


def begin_one(clock: VirtualClock) -> Deadline:
    """Another case that is signed on the day the clock stands at. Returns the limit of its handling."""
    _play(BEGINNING.format(name="新的一件", day=f"{clock.now.astimezone(ZONE):%Y-%m-%d}"), clock)
    limits = select(Deadline).where(Deadline.key == "handle").order_by(Deadline.id.desc())
    return session.scalars(limits.limit(1)).one()


def _play(text: str, clock: VirtualClock) -> None:
    path = XT / "scenarios" / "办结.feature"
    [story] = scenarios_of(parse_text(path.name, text), path, folder_background(path))
    with virtual_clock(clock.now) as then:
        play(story, World(then, then.now))
