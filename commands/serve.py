"""`flask serve`: everything `make run` does once the packages are there. `flask prepare` all but the serving."""

import time

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade
from sqlalchemy import func, select
from waitress.server import create_server

from commands.clock import start_in_background
from commands.verbs import Refused, RefusesInWords
from config import INSTANCE
from errors import Problem
from models import User, alone, session
from operations.gate.case_words import fill_words
from operations.house.folders import deploy_all
from operations.house.seeds import load_reference_data
from scenarios.demo import PASSWORD, load_demo


def say_warning(flow: str, warning: Problem) -> None:
    """What a designer should know of a flow that is deployed all the same."""
    click.echo(f"{flow}：提示：{warning}")


def prepare(*, demo: bool = False) -> bool:
    """A database of the newest shape with calendar, parameters and flows. Nothing happens to what is there.

    With `demo`, a database without people becomes the demonstration county. Returns whether it did.
    """
    INSTANCE.mkdir(exist_ok=True)
    with alone():
        upgrade()
        load_reference_data()
        fill_words()
        for row in deploy_all(warn=say_warning):
            if row.version > 1:
                click.echo(f"流程 {row.key} 随程序更新为第{row.version}版。")
        fill = demo and session.scalar(select(func.count()).select_from(User)) == 0
        if fill:
            load_demo()
        session.remove()
    return fill


@click.command(cls=RefusesInWords, help="建库、部署流程、开始服务；演示模式下空库会装入演示县。")
@with_appcontext
def serve() -> None:
    started = time.monotonic()
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    prepare(demo=app.config["DEMO"])
    host, port = app.config["HOST"], app.config["PORT"]
    try:
        server = create_server(
            app,
            host=host,
            port=port,
            threads=8,
            ident="bihuan",
            clear_untrusted_proxy_headers=not app.config["TRUSTED_PROXIES"],  # create_app() reads them
            max_request_body_size=2 * app.config["UPLOAD_LENGTH"],  # beyond it waitress refuses, in its words
        )
    except OSError as error:
        raise Refused(f"{host}:{port} 不能监听，可能已被占用；请设 BIHUAN_PORT 换一个端口。") from error
    if app.config["CLOCK"]:
        start_in_background(app)
    click.echo(f"闭环已启动（{time.monotonic() - started:.1f} 秒）：http://{host}:{port}/")
    if app.config["DEMO"]:
        names = "湘潭 chuangkou、宜良 yl_yuanqu、郾城 yc_zonghe、泰州 dianxiaoer、萧县 xx_zuoxi、管理 guanli …"
        click.echo(f"演示账号密码均为 {PASSWORD}：{names}")
    server.run()


@click.command(
    "prepare",
    cls=RefusesInWords,
    help="建库或升级，装入参数和工作日历，部署流程；已有的数据不变，可重复运行。",
)
@with_appcontext
def prepare_() -> None:
    prepare()
    click.echo("数据库已就绪。")


@click.command(cls=RefusesInWords, help="在空库中装入演示县：组织、人员和各阶段的事项。")
@with_appcontext
def demo() -> None:
    if not prepare(demo=True):
        raise Refused("库中已有人员；演示县只装入空库。")
    click.echo(f"演示县已装入，密码均为 {PASSWORD}。")
