"""`flask scenario run`, `coverage` and `vocabulary`."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup
from flask.ctx import AppContext

from commands.verbs import Refused
from models import db
from operations.house.folders import BPMN, flow_folders, read_folder
from scenarios.coverage import unwalked
from scenarios.features import Scenario, UnreadableFeature, read_features
from scenarios.handbook import handbook
from scenarios.runner import Outcome
from scenarios.side_by_side import run_on_all_cores

scenario = AppGroup("scenario", help="运行流程场景，查看词汇表。")
SERVER = click.option("--postgres", default="", help="在这个 PostgreSQL 服务器上建临时库；不写则用内存中的 SQLite。")


def open_database(url: str) -> Callable[[], AbstractContextManager[AppContext]]:
    """What binds the session to a database of the scenarios' own, whatever the application uses."""
    app = Flask("scenarios")
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    db.init_app(app)
    return app.app_context


@scenario.command(help="运行场景文件或文件夹里的全部场景。", with_appcontext=False)
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@SERVER
def run(paths: tuple[Path, ...], postgres: str) -> None:
    started = time.monotonic()
    outcomes = [_printed(outcome) for outcome in _run(paths or (BPMN,), postgres)]
    failed = sum(bool(outcome.failure) for outcome in outcomes)
    click.echo(f"{len(outcomes)} 个场景，{failed} 个未通过，{time.monotonic() - started:.1f} 秒")
    raise SystemExit(1 if failed or not outcomes else 0)


@scenario.command(help="列出没有任何场景走到的元素。", with_appcontext=False)
@click.argument("flow", required=False)
@SERVER
def coverage(flow: str | None, postgres: str) -> None:
    if flow and flow not in (known := _flow_names()):
        raise Refused(f"没有叫“{flow}”的流程或流程文件夹；有：{'、'.join(known)}。")
    outcomes = list(_run((BPMN,), postgres))
    missing = 0
    for key, elements in unwalked([outcome.walked for outcome in outcomes], flow_folders(), flow).items():
        click.echo(f"{key}：{f'{len(elements)} 个元素没有走到' if elements else '全部走到'}")
        for element in elements:
            click.echo(f"  {element}")
        missing += len(elements)
    failed = [outcome for outcome in outcomes if outcome.failure]
    for outcome in failed:
        click.echo(f"未通过，不计入：{outcome.scenario}")
    raise SystemExit(1 if missing or failed else 0)


@scenario.command(help="打印词汇表（docs/scenarios.md）。", with_appcontext=False)
def vocabulary() -> None:
    click.echo(handbook(), nl=False)


def _flow_names() -> list[str]:
    """What may stand for a flow: its key, or its folder's name."""
    folders = flow_folders()
    return sorted({folder.name for folder in folders}.union(*map(read_folder, folders)))


def _run(paths: tuple[Path, ...], postgres: str) -> Iterator[Outcome]:
    try:
        scenarios = read_features(paths)
        _require_flows(scenarios)
        yield from run_on_all_cores(scenarios, open_database, postgres)
    except UnreadableFeature as error:
        raise Refused(str(error)) from error


def _require_flows(scenarios: Iterable[Scenario]) -> None:
    """A scenario plays on the flow it lies beside."""
    for folder in {scenario.flow_folder: scenario for scenario in scenarios}:
        if not any(folder.glob("*.bpmn")):
            raise Refused(
                f"文件夹“{folder.name}”里没有流程图（.bpmn）：场景要放在“流程文件夹/scenarios/”里，运行时用它旁边的流程。"
            )


def _printed(outcome: Outcome) -> Outcome:
    click.echo(f"{'✗' if outcome.failure else '✓'} {outcome.seconds:5.2f} 秒  {outcome.scenario}")
    if outcome.failure:
        click.echo(f"  {outcome.failure}")
    return outcome
