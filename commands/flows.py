"""`flask flow check` and `flask flow deploy`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from commands.serve import say_warning
from commands.verbs import Refused, Verbs
from errors import InvalidDiagram
from operations.deployments import check_flow
from operations.folders import deploy_folder, flow_folders, read_folder

flow = Verbs("flow", help="检查和部署流程。")
FOLDERS = click.argument("folders", nargs=-1, type=click.Path(exists=True, file_okay=False, path_type=Path))


@flow.command(help="检查流程文件夹，列出每个问题。")
@FOLDERS
def check(folders: tuple[Path, ...]) -> None:
    counts = []
    for folder in _named(folders):
        with _a_line_each():
            flows = read_folder(folder)
        counts += [_check_one(key, files) for key, files in flows.items()]
    if not counts:
        click.echo("没有找到可以启动的流程。")
    raise SystemExit(1 if sum(counts) or not counts else 0)


def _named(folders: tuple[Path, ...]) -> list[Path]:
    """The flow folders meant: all of them, or those named and, of a folder that holds flow folders, these."""
    return [each for folder in folders for each in flow_folders(folder)] if folders else flow_folders()


@contextmanager
def _a_line_each() -> Iterator[None]:
    """Of a folder that is refused, each problem on a line of its own."""
    try:
        yield
    except InvalidDiagram as error:
        raise Refused("\n".join(map(str, error.problems))) from error


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
    for folder in _named(folders):
        with _a_line_each():
            for row in deploy_folder(folder, warn=say_warning):
                click.echo(f"{row.key} 第{row.version}版：{row.name}")
