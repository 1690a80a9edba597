"""`flask scores`: months of made-up cases of 泰州 through the running system, and what it issues."""

import time
from datetime import datetime

import click
from sqlalchemy import select

from commands.scenarios import open_database
from config import ZONE
from handlers.tz.papers import BULLETIN, QUARTER, YEAR
from models import Document, session, virtual_clock
from operations.house.folders import BPMN
from scenarios.databases import template
from scenarios.runner import BEGIN
from scenarios.world import World
from scenarios.years import play_years

LEFT_OUT = ("标题", "期间", "各部门办理情况")


@click.command(
    "scores", help="泰州：按虚拟时钟走完若干个月，打印督查通报、季度考评、年度考核。数据由种子生成，不写入本机的库。"
)
@click.option("--months", default=36, show_default=True, type=click.IntRange(1, 48), help="几个月。")
@click.option("--cases", default=3, show_default=True, type=click.IntRange(1, 12), help="每月几件。")
@click.option("--seed", default=20230508, show_default=True, help="同一种子，同样的事项。")
@click.option("--unfold", default="", help="展开这个单位的每个得分，例如 财政局。")
def scores(months: int, cases: int, seed: int, unfold: str) -> None:
    started = time.monotonic()
    county = template(open_database, BPMN / "tz_whistle")
    with county.fresh(), virtual_clock(BEGIN) as clock:
        begin = datetime(2024, 1, 1, tzinfo=ZONE)
        played = play_years(World(clock, BEGIN), begin=begin, months=months, cases=cases, seed=seed)
        issued = select(Document).where(Document.kind.in_((BULLETIN, QUARTER, YEAR))).order_by(Document.id)
        for paper in session.scalars(issued):
            _print(paper, unfold)
    county.close()
    click.echo(f"{months} 个月，{len(played.marks)} 个评价，{time.monotonic() - started:.1f} 秒")


def _print(paper: Document, unfold: str) -> None:
    click.secho(f"{paper.number}　{paper.body['期间']}", bold=True)
    for label, text in paper.body.items():
        if not label.startswith("_") and label not in LEFT_OUT:
            click.echo(f"  {label}：" + text.replace("\n", "\n    "))
    for row in paper.body["_workings"]:
        if row["name"] == unfold:
            for tree in row["trees"]:
                _unfold(tree, 1)


def _unfold(node: dict, depth: int) -> None:
    steps = [node["formula"], node["figures"], f"{node['value'] or '无'}{node['unit']}"]
    note = f"　{node['note']}" if node["note"] else ""
    click.echo(f"{'  ' * depth}· {node['label']}：{' ＝ '.join(step for step in steps if step)}{note}")
    for part in node["parts"]:
        _unfold(part, depth + 1)
