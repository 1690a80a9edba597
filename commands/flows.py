"""`flask flow check`, `deploy`, `list`, `retire` and `resume`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from commands.serve import say_warning
from commands.verbs import OPERATOR, Refused, Verbs
from errors import InvalidDiagram
from operations.house.deployments import check_flow
from operations.house.folders import deploy_folder, flow_folders, idle_processes, read_folder, unread_files
from operations.house.retirement import resume_flow, retire_flow
from queries.house.retirement import flow_lines

flow = Verbs("flow", help="检查、部署、停用流程。")
FOLDERS = click.argument("folders", nargs=-1, type=click.Path(exists=True, file_okay=False, path_type=Path))


@flow.command(help="检查流程文件夹，列出每个问题。")
@FOLDERS
def check(folders: tuple[Path, ...]) -> None:
    counts = []
    for folder in _named(folders):
        with _a_line_each():
            flows, idle = read_folder(folder), idle_processes(folder)
        for name in idle:
            click.echo(f"{folder.name}：提示：流程“{name}”没有勾选“可执行”（isExecutable），不会检查，也不会部署。")
        for name in unread_files(folder):
            click.echo(f"{folder.name}：提示：文件“{name}”没有读，文件名应以 .bpmn、.dmn 或 .form.json 结尾（小写）。")
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


@flow.command("list", help="列出在用的流程，停用的写明何时、由谁、凭什么停用。")
def list_() -> None:
    for line in flow_lines(OPERATOR):
        click.echo(f"{line.key} 第{line.version}版：{line.name}{'【已停用】' if line.retired else ''}")
        for change in line.changes:
            click.echo(f"  {change}")


REASON = click.option("--reason", required=True, metavar="依据", help="文号或原因，随修改保存。")


@flow.command(help="停用一个流程：不再登记新事项，日历也不再开始；在办的照常办完。")
@click.argument("key", metavar="流程")
@REASON
def retire(key: str, reason: str) -> None:
    click.echo(f"已停用“{retire_flow(key, by=OPERATOR, reason=reason).name}”。在办的照常办理。")


@flow.command(help="恢复使用停用的流程；停用期间按日历该开始的不补。")
@click.argument("key", metavar="流程")
@REASON
def resume(key: str, reason: str) -> None:
    click.echo(f"已恢复使用“{resume_flow(key, by=OPERATOR, reason=reason).name}”。")


@flow.command(help="部署流程文件夹；已是最新的不重复部署。")
@FOLDERS
def deploy(folders: tuple[Path, ...]) -> None:
    for folder in _named(folders):
        with _a_line_each():
            for row in deploy_folder(folder, warn=say_warning):
                click.echo(f"{row.key} 第{row.version}版：{row.name}")
