"""`flask serve`: everything `make run` does once the packages are there. `flask demo` makes the demonstration."""

import time

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade
from sqlalchemy import func, select
from waitress import serve as waitress_serve

from commands.clock import start_in_background
from config import INSTANCE
from models import User, session
from operations.folders import deploy_all
from operations.seeds import load_reference_data
from scenarios.demo import PASSWORD, load_demo


def prepare() -> None:
    """A database of the newest shape with calendar, parameters and flows. Nothing happens to what is there."""
    INSTANCE.mkdir(exist_ok=True)
    upgrade()
    load_reference_data()
    deploy_all()


@click.command(help="建库、部署流程、开始服务；演示模式下空库会装入演示县。")
@with_appcontext
def serve() -> None:
    started = time.monotonic()
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    prepare()
    if app.config["DEMO"] and session.scalar(select(func.count()).select_from(User)) == 0:
        load_demo()
    session.remove()
    if app.config["CLOCK"]:
        start_in_background(app)
    host, port = app.config["HOST"], app.config["PORT"]
    click.echo(f"闭环已启动（{time.monotonic() - started:.1f} 秒）：http://{host}:{port}/")
    if app.config["DEMO"]:
        names = "窗口 chuangkou、分流 fenliu、县自然资源局 ziran、督查 ducha、管理 guanli …"
        click.echo(f"演示账号密码均为 {PASSWORD}：{names}")
    waitress_serve(app, host=host, port=port, threads=8, ident="bihuan", _quiet=True)


@click.command(help="在空库中装入演示县：组织、人员和各阶段的事项。")
@with_appcontext
def demo() -> None:
    prepare()
    load_demo()
    click.echo(f"演示县已装入，密码均为 {PASSWORD}。")
