"""时间：the clock stands still between steps and only moves when a step says so."""

from datetime import datetime, timedelta

from reference import calendar
from scenarios.failures import NotUnderstood
from scenarios.passing import begin_at, pass_until, put_to_use
from scenarios.vocabulary import step
from scenarios.world import World


@step("现在是 {时刻}", chapter="时间", example="现在是 2026-02-13 09:00")
def it_is(world: World, moment: datetime) -> None:
    """场景从这一刻开始。只能写在登记第一件事项之前；以后用“到了”。"""
    if world.instance_id is not None:
        raise NotUnderstood("场景已经开始，请改用“到了 …”。")
    begin_at(world, moment)


@step("现在是 {时刻}，流程刚刚启用", chapter="时间", example="现在是 2026-05-06 09:00，流程刚刚启用")
def it_is_the_first_day(world: World, moment: datetime) -> None:
    """同“现在是”，并且流程是这一刻头一次部署的：正在进行的月份、季度也要考评的，随即补上开始。"""
    it_is(world, moment)
    put_to_use(moment)


@step("到了 {时刻}", chapter="时间", example="到了 2026-02-27 23:59:59")
def it_gets(world: World, moment: datetime) -> None:
    """时钟走到这一刻。途中每个到期的时限，都在它自己到期的那一刻触发。"""
    pass_until(world, moment)


@step("过了 {数} 个工作日", chapter="时间", example="过了 3 个工作日")
def workdays_pass(world: World, days: int) -> None:
    """走到其后第几个工作日的同一钟点，节假日和调休按工作日历。"""
    day = calendar.calendar().workday_after(world.now.date(), days)
    pass_until(world, datetime.combine(day, world.now.timetz()))


@step("过了 {数} 天", chapter="时间", example="过了 10 天")
def days_pass(world: World, days: int) -> None:
    """走过若干个自然日。"""
    pass_until(world, world.now + timedelta(days=days))


@step("过了 {数} 小时", chapter="时间", example="过了 2 小时")
def hours_pass(world: World, hours: int) -> None:
    """走过若干小时。"""
    pass_until(world, world.now + timedelta(hours=hours))


@step("过了 {数} 分钟", chapter="时间", example="过了 30 分钟")
def minutes_pass(world: World, minutes: int) -> None:
    """走过若干分钟。"""
    pass_until(world, world.now + timedelta(minutes=minutes))
