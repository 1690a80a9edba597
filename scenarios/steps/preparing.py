"""准备：the calendar, the parameters, and how forms are usually filled in."""

from datetime import date
from typing import Any

import orjson

from models import SYSTEM, CalendarEdition, Unit, session
from operations.house.calendars import edit_calendar
from operations.house.deployments import newest_or_none, write_version
from operations.house.folders import flow_folders, read_folder
from operations.house.parameters import set_parameter, set_parameters
from operations.people.abolition import abolish_unit
from reference.calendar import newest_edition
from scenarios.failures import NotUnderstood, listed
from scenarios.features import Table
from scenarios.names import plain
from scenarios.values import REGISTERING, two_columns
from scenarios.vocabulary import step
from scenarios.world import World


@step("日历 {日期} 放假（{文字}）", chapter="准备", example="日历 2026-05-06 放假（防汛停工）")
def day_off(world: World, day: date, reason: str) -> None:
    """修订工作日历，这一天不上班。写在事项办理途中时，未到期的时限在时钟走动时重算，只延不缩。"""
    _override(day, False, reason)


@step("日历 {日期} 上班（{文字}）", chapter="准备", example="日历 2026-05-09 上班（调休）")
def day_worked(world: World, day: date, reason: str) -> None:
    """修订工作日历，这一天上班。已经开始的时限不会因此提前。"""
    _override(day, True, reason)


@step("参数“{参数}”改为 {值}", chapter="准备", example="参数“xt.urge_days”改为 2")
def parameter_changed(world: World, key: str, value: str) -> None:
    """修改参数，此后登记的事项按新值；在途事项不变。文件原文规定的参数须写依据，见下一条。"""
    set_parameter(key, _typed(value), by=SYSTEM)


@step(
    "参数“{参数}”改为 {值}（依据 {文字}）",
    chapter="准备",
    example="参数“xt.handle_days.general”改为 3（依据 县政办函〔2026〕5号）",
)
def parameter_changed_by_document(world: World, key: str, value: str, basis: str) -> None:
    """修改文件原文规定的参数，写明依据文号。"""
    set_parameter(key, _typed(value), by=SYSTEM, basis=basis)


@step("一起改参数", chapter="准备", example="一起改参数", table="后接参数和值的表格。")
def parameters_changed(world: World, table: Table) -> None:
    """几项须一起改的参数（如合计应为100%的权重）同时改。"""
    set_parameters({key: _typed(value) for key, value in two_columns(table).items()}, by=SYSTEM)


@step(
    "一起改参数（依据 {文字}）",
    chapter="准备",
    example="一起改参数（依据 泰高政办〔2025〕2号）",
    table="后接参数和值的表格。",
)
def parameters_changed_by_document(world: World, basis: str, table: Table) -> None:
    """同上，文件原文规定的写明依据文号。"""
    set_parameters({key: _typed(value) for key, value in two_columns(table).items()}, by=SYSTEM, basis=basis)


@step("{单位}撤并到{单位}", chapter="准备", example="县自然资源局撤并到县住房和城乡建设局")
def unit_abolished(world: World, unit: Unit, successor: Unit) -> None:
    """单位撤并：在办任务和以后的任务由承接单位同名岗位办理，时限不变，逐件留痕。"""
    abolish_unit(unit.code, successor.code, by=SYSTEM)


@step("另有“{流程}”的流程", chapter="准备", example="另有“xt_cannot”的流程")
def flow_beside(world: World, folder: str) -> None:
    """同时用上另一个流程文件夹里的流程，场景要用到两种事项时写；写在背景最前面。写文件夹的名字。"""
    known = {path.name: path for path in flow_folders()}
    if folder not in known:
        raise NotUnderstood(f"没有流程文件夹“{folder}”，有：{listed(known)}")
    for key, files in read_folder(known[folder]).items():
        if newest_or_none(key) is None:
            write_version(key, files, by=SYSTEM)  # as this checkout carries it: its check is not the scenario's


@step("“{任务}”通常这样填", chapter="准备", example="“登记”通常这样填", table="后接填表单的表格。")
def usually_filled_in(world: World, name: str, table: Table) -> None:
    """以后的步骤里没有写到的字段按此填。流程、任务、按钮都可以；一般写在背景里。"""
    if name != REGISTERING and plain(name) not in world.drawn:
        raise NotUnderstood(f"哪张流程图上都没有“{name}”。")
    world.usual.setdefault(plain(name), {}).update(two_columns(table))


def _override(day: date, workday: bool, reason: str) -> None:
    now = session.get_one(CalendarEdition, newest_edition())
    overrides = [(each[0], each[1], each[2]) for each in now.overrides if each[0] != day.isoformat()]
    changed = [*overrides, (day.isoformat(), workday, reason)]
    edit_calendar(now.announcements, changed, by=SYSTEM, reason=reason)


def _typed(text: str) -> Any:
    """3 is a number, true a truth value, anything else a word."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return text
