"""`flask parameter …`: what a county may set differently."""

import click

from commands.verbs import OPERATOR, Mistyped, Verbs
from operations.house.parameters import set_parameters
from queries.house.parameter_words import UNITS, shown, typed
from queries.house.parameters import ParameterRow, parameter_list

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
    help="修改参数，此后登记的事项按新值；文件原文规定的须写依据文号。"
    "几项须一起改的（如合计应为100%的权重）写在一起：set 参数 值 参数 值 …",
)
@click.argument("pairs", metavar="参数 值 [参数 值]...", nargs=-1, required=True)
@click.option("--basis", default="", metavar="文号", help="依据的文件文号。")
def set_(pairs: tuple[str, ...], basis: str) -> None:
    keys, texts = pairs[::2], pairs[1::2]
    if len(keys) != len(texts):
        raise Mistyped(f"“{keys[-1]}”后面没有写值。")
    if twice := [key for key in keys if keys.count(key) > 1]:
        raise Mistyped(f"“{twice[0]}”写了两次。")
    known = {row.key: row for row in parameter_list()}
    old = {key: known[key].value if key in known else None for key in keys}
    new = {key: typed(text, old[key]) for key, text in zip(keys, texts, strict=True)}
    for row in set_parameters(new, by=OPERATOR, basis=basis):
        click.echo(f"{row.key}：{shown(old[row.key])} → {shown(row.value)}")
        if not known[row.key].is_read:
            click.echo("注意：这个参数尚未启用，修改暂无作用。")


def _line(row: ParameterRow) -> str:
    mark = "" if row.is_read else "【尚未启用】"
    choices = f"  可选 {row.choices}" if row.choices else ""
    said = f"{row.rule} {row.origin_name}，{row.editor_name}可改  {row.note}{choices}"
    return f"{row.key} = {shown(row.value)}{UNITS.get(row.unit, row.unit)}  {row.name}  {mark}{said}"
