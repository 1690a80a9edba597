"""`flask calendar …`: which days are worked (C-03)."""

from datetime import date, datetime

import click

from commands.documents import DOCUMENT, read_json
from commands.verbs import OPERATOR, Verbs
from operations.house.calendar_edits import import_years, override_day
from queries.house.calendar import year_of
from queries.house.clock import local_now

calendar = Verbs("calendar", help="工作日历。")
REASON = click.option("--reason", required=True, metavar="依据", help="通知的文号或原因，随修改保存。")
WEEKDAYS = "一二三四五六日"
WORKED = {"上班": True, "放假": False}


@calendar.command("import", help="导入放假安排（格式如 seeds/calendar_cn.json）；文件里没有的年份不变。")
@DOCUMENT
@REASON
def import_(file: click.File, reason: str) -> None:
    years = import_years(read_json(file), by=OPERATOR, reason=reason)
    click.echo(f"已导入 {'、'.join(years)} 年。未到期的时限将在下次到期处理时重算，只延不缩。")


@calendar.command(help="本地另行安排一天上班或放假。")
@click.argument("day", metavar="日期", type=click.DateTime(["%Y-%m-%d"]))
@click.argument("what", metavar="上班|放假", type=click.Choice(list(WORKED)))
@REASON
def override(day: datetime, what: str, reason: str) -> None:
    override_day(day.date(), WORKED[what], by=OPERATOR, reason=reason)
    click.echo(f"{_shown(day.date())} {what}（{reason}）。未到期的时限将在下次到期处理时重算，只延不缩。")
    if day.date() < local_now().date():
        click.echo("注意：这一天已经过去，请核对年份。已经到期、已经办结的时限不变。")


@calendar.command(help="列出一年中与平常周末不同的日子。")
@click.argument("year", metavar="年份", type=click.IntRange(1900, 9998))
def show(year: int) -> None:
    shown = year_of(year)
    known = "推算，公布后须导入" if shown.provisional else "已公布"
    click.echo(f"{year}年（{known}）：工作日 {shown.workdays} 天")
    for day in shown.days:
        click.echo(f"  {_shown(day.day)} {'上班' if day.is_workday else '放假'}  {day.why}")


def _shown(day: date) -> str:
    return f"{day:%Y-%m-%d} 周{WEEKDAYS[day.weekday()]}"
