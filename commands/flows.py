"""`flask flow check` and `flask flow deploy`."""

from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy import inspect

from commands.serve import say_warning
from errors import InvalidDiagram
from models import db
from operations.deployments import check_flow
from operations.folders import deploy_folder, flow_folders, read_folder

flow = AppGroup("flow", help="检查和部署流程。")
FOLDERS = click.argument("folders", nargs=-1, type=click.Path(exists=True, file_okay=False, path_type=Path))


@flow.command(help="检查流程文件夹，列出每个问题。")
@FOLDERS
def check(folders: tuple[Path, ...]) -> None:
    _require_database()
    counts = [_check_one(key, files) for folder in _named(folders) for key, files in _read(folder).items()]
    if not counts:
        click.echo("没有找到可以启动的流程。")
    raise SystemExit(1 if sum(counts) or not counts else 0)


def _named(folders: tuple[Path, ...]) -> list[Path]:
    """The flow folders meant: all of them, or those named and, of a folder that holds flow folders, these."""
    return [each for folder in folders for each in flow_folders(folder)] if folders else flow_folders()


def _require_database() -> None:
    """What a flow may name (parameters) stands in the database."""
    if not inspect(db.engine).has_table("parameter"):
        raise click.ClickException("数据库还没有建立，请先运行 flask --app app prepare。")


def _read(folder: Path) -> dict[str, dict[str, bytes]]:
    try:
        return read_folder(folder)
    except InvalidDiagram as error:
        raise click.ClickException("\n".join(str(problem) for problem in error.problems)) from error


def _check_one(key: str, files: dict[str, bytes]) -> int:
    found = check_flow(key, files)
    problems = [problem for problem in found if not problem.warning]
    warnings = [problem for problem in found if problem.warning]
    click.echo(f"{key}：{len(problems)} 个问题" + (f"，{len(warnings)} 条提示" if warnings else ""))
    for problem in problems:
        click.echo(f"  {problem}")
    for warning in warnings:
        click.echo(f"  提示：{warning}")
    return len(problems)


@flow.command(help="部署流程文件夹；已是最新的不重复部署。")
@FOLDERS
def deploy(folders: tuple[Path, ...]) -> None:
    _require_database()
    for folder in _named(folders):
        try:
            for row in deploy_folder(folder, warn=say_warning):
                click.echo(f"{row.key} 第{row.version}版：{row.name}")
        except InvalidDiagram as error:
            raise click.ClickException("\n".join(str(problem) for problem in error.problems)) from error
