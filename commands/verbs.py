"""What every verb does alike: who acts, and how a refusal is told."""

import sys
from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError, ProgrammingError

from errors import AppError
from models import Identity

#: Whoever may run commands on the server. What they do is signed with this name.
OPERATOR = Identity(
    id=None, username="command", name="命令行", permissions=frozenset({"work", "see_all", "manage", "administer"})
)

PASSWORD = click.option("--password-stdin", is_flag=True, help="从标准输入读一行作为密码；不写则生成一个，只显示一次。")


class Refused(click.ClickException):
    """Ends the command with exit code 1 and these words."""

    def show(self, file: Any = None) -> None:
        click.echo(f"没有成功：{self.format_message()}", file=file or sys.stderr)


class RefusesInWords(click.Command):
    """Ends with a sentence where an operation refuses or the database is not there yet."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
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
