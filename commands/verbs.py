"""What every verb does alike: who acts, and how a refusal is told."""

import sys
from typing import Any

import click
from click.exceptions import NoArgsIsHelpError, NoSuchCommand
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError, ProgrammingError

from errors import AppError, StorageBusy, StorageUnavailable
from models import Identity

#: Whoever may run commands on the server. What they do is signed with this name.
MAY = frozenset({"work", "see_all", "manage", "administer", "accounts"})
OPERATOR = Identity(id=None, username="command", name="命令行", permissions=MAY)

BUSY = "数据库正忙，别的进程一直占着，请稍后再试。"

PASSWORD = click.option("--password-stdin", is_flag=True, help="从标准输入读一行作为密码；不写则生成一个，只显示一次。")


class Refused(click.ClickException):
    """Ends the command with exit code 1 and these words."""

    def show(self, file: Any = None) -> None:
        click.echo(f"没有成功：{self.format_message()}", file=file or sys.stderr)


class Mistyped(Refused):
    """The words after `flask` are wrong: exit code 2, as click has it."""

    exit_code = 2


def _in_words(error: click.UsageError) -> click.ClickException:
    """click's English in our words, with how the verb is written."""
    if isinstance(error, NoArgsIsHelpError):
        return error
    usage = error.ctx.command.collect_usage_pieces(error.ctx) if error.ctx else []
    how = (
        f"\n写法：{error.ctx.command_path} {' '.join(usage).replace('[OPTIONS]', '[选项]')}（加 --help 看说明）"
        if error.ctx
        else ""
    )
    return Mistyped(_mistake(error) + how)


def _mistake(error: click.UsageError) -> str:
    match error:
        case click.MissingParameter(param=param):
            return f"没有写{_name(param)}。"
        case click.NoSuchOption(option_name=option):
            return f"没有“{option}”这个选项。"
        case NoSuchCommand(command_name=name):
            return f"没有“{name}”这个命令。"
        case click.BadParameter(param=param):
            return f"{_name(param)}{_expected(param.type if param else None)}"
    return "命令没有写对。"


def _name(param: click.Parameter | None) -> str:
    """An option by how it is typed, an argument by its name."""
    if isinstance(param, click.Option):
        return f"“{param.opts[0]}”"
    return f"“{param.human_readable_name}”" if param else "参数"


def _expected(type_: click.ParamType | None) -> str:
    match type_:
        case click.DateTime():
            return "应是存在的日期，写成 2026-01-31 这样。"
        case click.Choice(choices=choices):
            return f"应为{'、'.join(map(str, choices))}之一。"
        case click.IntRange(min=low, max=high):
            return f"应为{low}至{high}的整数。"
        case click.File() | click.Path():
            return "打不开，请核对文件的位置。"
    return "没有写对。"


def _storage_away() -> str:
    """Which database it is, without user and password: this may be read aloud or sent on."""
    url = make_url(current_app.config["DATABASE_URL"])
    host = f"{url.host}:{url.port}" if url.port else url.host
    where = "/".join(part for part in (host, url.database) if part)
    return f"数据库连接不上（{where}）。请核对 BIHUAN_DATABASE_URL，看数据库是否建好、正在运行。"


class RefusesInWords(click.Command):
    """Ends with a sentence where it is mistyped, an operation refuses, or the database is not there yet."""

    def make_context(self, *arguments: Any, **more: Any) -> click.Context:
        try:
            return super().make_context(*arguments, **more)
        except click.UsageError as error:
            raise _in_words(error) from error

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except click.UsageError as error:
            raise _in_words(error) from error
        except StorageBusy as error:
            raise Refused(BUSY) from error
        except StorageUnavailable as error:
            raise Refused(_storage_away()) from error
        except AppError as error:
            raise Refused(str(error)) from error
        except (OperationalError, ProgrammingError) as error:
            raise Refused("数据库里还没有这些表，请先运行 flask prepare。") from error


class Verbs(RefusesInWords, AppGroup):
    """Commands that refuse in words."""


def read_password(from_stdin: bool) -> str:
    """The line that was given, or "" when none was asked for."""
    if not from_stdin:
        return ""
    password = sys.stdin.readline().rstrip("\r\n")
    if not password:
        raise Refused("标准输入里没有密码。")
    return password
