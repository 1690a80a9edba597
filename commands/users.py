"""`flask user …`: who may sign in."""

import click

from commands.verbs import OPERATOR, PASSWORD, Verbs, read_password
from operations.people import accounts
from operations.people import administrators as three
from operations.people.passwords import random_password
from queries.house.organisation import post_changes
from reference.people import ADMINISTRATORS, post_name, post_names

user = Verbs("user", help="人员和密码。")
KIND = click.Choice(list(ADMINISTRATORS))


@user.command(help="添加一名人员。")
@click.argument("username")
@click.argument("name", metavar="姓名")
@click.option("--post", "posts", multiple=True, metavar="单位:角色", help="担任的岗位，可写多个。")
@click.option("--administrator", type=KIND, help="系统、安全或审计管理员。")
@PASSWORD
def add(username: str, name: str, posts: tuple[str, ...], administrator: str | None, password_stdin: bool) -> None:
    given = read_password(password_stdin)
    password = given or random_password()
    added = accounts.add_user(username, name, posts, password=password, by=OPERATOR, administrator=administrator or "")
    names = [post_names([post.key])[post.key] for post in added.posts] or ["没有岗位"]
    names += [ADMINISTRATORS[administrator]] if administrator else []
    click.echo(f"已添加 {username}（{added.name}）：{'、'.join(names)}。")
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


@user.command(help="三员分立：没有在用的系统、安全、审计管理员的，各添加一名（xitong、anquan、shenji）。")
def administrators() -> None:
    added = three.add_those_lacking(by=OPERATOR)
    if not added:
        click.echo("系统、安全、审计管理员都有在用的，没有添加。")
        return
    click.echo("初始密码（只显示这一次，请分别转交三个人）：")
    for kind, (username, password) in added.items():
        click.echo(f"  {ADMINISTRATORS[kind]}  {username}  {password}")


@user.command(help="任一名人员为系统、安全或审计管理员；一人不能兼任两员。")
@click.argument("username")
@click.argument("kind", type=KIND)
def appoint(username: str, kind: str) -> None:
    click.echo(f"{three.appoint(username, kind, by=OPERATOR).name}任{ADMINISTRATORS[kind]}。")


@user.command(help="不再任管理员。")
@click.argument("username")
def dismiss(username: str) -> None:
    click.echo(f"{three.dismiss(username, by=OPERATOR).name}不再任管理员。")


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
