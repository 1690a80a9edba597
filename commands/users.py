"""`flask user …`: who may sign in."""

import click

from commands.verbs import OPERATOR, PASSWORD, Verbs, read_password
from operations import accounts
from operations.passwords import random_password
from queries.organisation import post_changes
from reference.people import post_name, post_names

user = Verbs("user", help="人员和密码。")


@user.command(help="添加一名人员。")
@click.argument("username")
@click.argument("name", metavar="姓名")
@click.option("--post", "posts", multiple=True, metavar="单位:角色", help="担任的岗位，可写多个。")
@click.option("--admin", is_flag=True, help="系统管理员。")
@PASSWORD
def add(username: str, name: str, posts: tuple[str, ...], admin: bool, password_stdin: bool) -> None:
    given = read_password(password_stdin)
    password = given or random_password()
    added = accounts.add_user(username, name, posts, password=password, by=OPERATOR, is_admin=admin)
    names = [post_names([post.key])[post.key] for post in added.posts] or ["没有岗位"]
    click.echo(f"已添加 {username}（{added.name}）：{'、'.join([*names, '管理员'] if admin else names)}。")
    _tell(given, password)


@user.command(help="换密码，并解除因输错密码造成的锁定。")
@click.argument("username")
@PASSWORD
def password(username: str, password_stdin: bool) -> None:
    given = read_password(password_stdin)
    new = given or random_password()
    changed = accounts.set_password(username, new, by=OPERATOR)
    click.echo(f"已更换 {username}（{changed.name}）的密码。")
    _tell(given, new)


@user.command(help="停用一名人员；已认领的任务放回岗位。")
@click.argument("username")
def disable(username: str) -> None:
    tasks = accounts.disable_user(username, by=OPERATOR)
    click.echo(f"已停用 {username}" + (f"，{tasks} 个已认领的任务放回岗位。" if tasks else "。"))


@user.command(help="重新启用一名人员。")
@click.argument("username")
def enable(username: str) -> None:
    enabled = accounts.enable_user(username, by=OPERATOR)
    click.echo(f"已启用 {username}（{enabled.name}）。")


post = Verbs("post", help="一名人员担任的岗位。")
user.add_command(post)
POST = click.argument("post_key", metavar="单位:角色")


@post.command("add", help="再担任一个岗位。")
@click.argument("username")
@POST
def add_post(username: str, post_key: str) -> None:
    changed, held = accounts.give_post(username, post_key, by=OPERATOR)
    click.echo(f"{username}（{changed.name}）担任{post_name(held.key)}。")


@post.command("remove", help="不再担任一个岗位；这个岗位上已认领的任务放回岗位。")
@click.argument("username")
@POST
def remove_post(username: str, post_key: str) -> None:
    changed, held, tasks = accounts.take_post(username, post_key, by=OPERATOR)
    given_back = f"，{tasks} 个已认领的任务放回岗位" if tasks else ""
    click.echo(f"{username}（{changed.name}）不再担任{post_name(held.key)}{given_back}。")


@post.command("history", help="何时由谁给了、收回了哪个岗位。")
@click.argument("username")
def post_history(username: str) -> None:
    for line in post_changes(username):
        click.echo(line)


def _tell(given: str, password: str) -> None:
    if not given:
        click.echo(f"初始密码（只显示这一次，请转交本人）：{password}")
