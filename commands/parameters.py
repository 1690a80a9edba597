"""`flask parameter …`: what a county may set differently."""

import json
from typing import Any

import click

from commands.verbs import OPERATOR, Verbs
from operations.parameters import set_parameter
from queries.parameters import ParameterRow, parameter_list

#: What stands after a value; a kind of value (enum, bool …) is no unit.
UNITS = {
    "wd": "个工作日",
    "cd": "个自然日",
    "h": "小时",
    "min": "分钟",
    "month": "个月",
    "year": "年",
    **dict.fromkeys(("enum", "bool", "time", "date", "text"), ""),
}

parameter = Verbs("parameter", help="参数。")


@parameter.command("list", help="列出参数；写了开头（如 xt.）则只列这些。")
@click.argument("prefix", default="")
def list_(prefix: str) -> None:
    rows = parameter_list(prefix)
    for row in rows:
        click.echo(_line(row))
    click.echo(f"共 {len(rows)} 项。" if rows else f"没有以“{prefix}”开头的参数。")
    raise SystemExit(0 if rows else 1)


#: -3 is a value, not an option: what it is wrong for says so.
@parameter.command(
    "set",
    context_settings={"ignore_unknown_options": True},
    help="修改参数，此后登记的事项按新值；文件原文规定的须写依据文号。",
)
@click.argument("key", metavar="参数")
@click.argument("value", metavar="值")
@click.option("--basis", default="", metavar="文号", help="依据的文件文号。")
def set_(key: str, value: str, basis: str) -> None:
    known = [row for row in parameter_list(key) if row.key == key]
    old = known[0].value if known else None
    new = set_parameter(key, _typed(value, old), by=OPERATOR, basis=basis).value
    click.echo(f"{key}：{_shown(old)} → {_shown(new)}")
    if known and not known[0].is_read:
        click.echo("注意：这个参数尚未启用，修改暂无作用。")


def _line(row: ParameterRow) -> str:
    mark = "" if row.is_read else "【尚未启用】"
    said = f"{row.rule} {row.origin_name}，{row.editor_name}可改  {row.note}"
    return f"{row.key} = {_shown(row.value)}{UNITS.get(row.unit, row.unit)}  {mark}{said}"


def _shown(value: Any) -> str:
    """A truth value and a text as people read them, the rest as it is typed in."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _typed(text: str, like: Any) -> Any:
    """3 is a number, true a truth value, [..] a list; where a word stands now, the text as it is."""
    if isinstance(like, str):
        return text
    try:
        return json.loads(text)
    except ValueError:
        return {"是": True, "否": False}.get(text, text)
