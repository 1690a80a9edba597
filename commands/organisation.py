"""`flask organisation load`: the units, posts and people of a county."""

import click

from commands.documents import DOCUMENT, read_json
from commands.verbs import OPERATOR, PASSWORD, Verbs, read_password
from operations.organisation import load_organisation
from queries.organisation import vacant_posts

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
    for post, name in vacant_posts():
        click.echo(f"还没有人的岗位：{name}（{post}）")
