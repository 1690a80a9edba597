"""`flask organisation load`, `abolish`: the units, posts and people of a county."""

import click

from commands.documents import DOCUMENT, read_json
from commands.verbs import OPERATOR, PASSWORD, Verbs, read_password
from models.succession import serving
from operations.people.abolition import abolish_unit
from operations.people.organisation import load_organisation
from queries.house.organisation import posts_flows_lack, vacant_posts

organisation = Verbs("organisation", help="单位、岗位和人员。")


@organisation.command(help="装入组织文件（格式如 seeds/demo_county.json）。已有的人员不变，什么都不删除。")
@DOCUMENT
@PASSWORD
def load(file: click.File, password_stdin: bool) -> None:
    loaded = load_organisation(read_json(file), password=read_password(password_stdin), by=OPERATOR)
    click.echo(f"新增单位 {loaded.units} 个、岗位 {loaded.posts} 个、人员 {loaded.people} 名。")
    if loaded.passwords:
        click.echo("初始密码（只显示这一次，请转交本人）：")
    for username, password in loaded.passwords.items():
        click.echo(f"  {username}  {password}")
    _say_vacant()
    for post in posts_flows_lack():
        click.echo(f"流程要用、组织里没有的岗位：{post}")


@organisation.command(help="单位撤并：在办任务、未读通知和以后的任务都由承接单位同名岗位办理，逐件留痕；时限不变。")
@click.argument("unit")
@click.option("--to", "successor", default="", help="承接单位的代号；不写则为上级单位。")
def abolish(unit: str, successor: str) -> None:
    click.echo(f"移交在办任务 {abolish_unit(unit, successor, by=OPERATOR)} 件。")
    _say_vacant(of=serving(unit))


def _say_vacant(of: str = "") -> None:
    for post, name in vacant_posts():
        if not of or post.startswith(f"{of}:"):
            click.echo(f"还没有人的岗位：{name}（{post}）")
