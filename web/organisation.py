"""组织与人员: units and posts for the system administrator, people and accounts for the security administrator."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.forms import Form
from errors import AlreadyChanged, InvalidForm, NotAllowed
from operations.gate.outbox import channels
from operations.people import accounts, handing_over, notifying, staffing, substitution, units
from operations.people.accounts import BadAccount
from operations.people.passwords import random_password
from queries.house import staff
from queries.house.notifying import addresses_of, rules
from web import errors
from web.forms import Lists
from web.login import me
from web.typed import read_values

bp = Blueprint("organisation", __name__, url_prefix="/organisation")
errors.keep_typed(bp, BadAccount, NotAllowed, AlreadyChanged)
BOTH = ["GET", "POST"]
UNIT, PERSON, POST = "/units/<code>", "/people/<username>", "/posts/<unit>/<role>"


@dataclass(frozen=True)
class Asking:
    """A page with one form. `back` is the page it was opened from; `notes` are sentences above the form."""

    form: Form
    about: str
    back: str
    lists: Lists = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@bp.get("")
def index() -> ResponseReturnValue:
    search = request.args.get("search", "").strip()
    return render_template("organisation.html", units=staff.units(search), search=search)


@bp.get(UNIT)
def unit(code: str) -> ResponseReturnValue:
    return render_template("organisation_unit.html", page=staff.unit_page(code), channels=channels())


@bp.route("/new-unit", methods=BOTH)
def new_unit() -> ResponseReturnValue:
    lists, values = {"parents": units.parents_for(None)}, {"parent": request.args.get("parent", "")}
    notes = ("不选上级单位的，是一个县（或者不属于任何县的机构）的最上级，看不到别的县的事项。",)

    def act(values: dict[str, Any]) -> ResponseReturnValue:
        made = units.add_unit(values, by=me())
        flash(f"已新增{made.name}，接着设岗。")
        return redirect(url_for(".unit", code=made.code), 303)

    return _answer(Asking(units.NEW_UNIT, "单位和岗位", url_for(".index"), lists, values, notes), act)


@bp.route(f"{UNIT}/change", methods=BOTH)
def change_unit(code: str) -> ResponseReturnValue:
    found = staff.unit_page(code)
    parent = found.parent.code if found.parent else ""
    known: dict[str, Any] = {"name": found.unit.name, "parent": parent, "kind": found.unit.kind}
    known |= {"handles_cases": found.unit.handles_cases}
    lists = {"parents": units.parents_for(found.unit)}
    notes = () if found.parent else ("这是最上级单位，不能移到别的单位下面。",)

    def act(values: dict[str, Any]) -> ResponseReturnValue:
        flash(f"{units.change_unit(code, values, by=me()).name}已修改。")
        return redirect(url_for(".unit", code=code), 303)

    return _answer(Asking(units.CHANGE_UNIT, found.unit.name, url_for(".unit", code=code), lists, known, notes), act)


@bp.route(f"{UNIT}/post", methods=BOTH)
def new_post(code: str) -> ResponseReturnValue:
    found = staff.unit_page(code).unit

    def act(values: dict[str, Any]) -> ResponseReturnValue:
        made = units.add_post(code, values, by=me())
        flash(f"已设{made.role_name}，还没有人，请安全管理员安排人员。")
        return redirect(url_for(".unit", code=code), 303)

    ask = Asking(units.NEW_POST, found.name, url_for(".unit", code=code), {"roles": units.roles_for(found)})
    return _answer(ask, act)


@bp.route(f"{POST}/holder", methods=BOTH)
def put_in(unit: str, role: str) -> ResponseReturnValue:
    post, home = staff.post_row(unit, role)

    def act(values: dict[str, Any]) -> ResponseReturnValue:
        flash(f"{staffing.put_in_post(post.post, values, by=me()).name}已担任{home}{post.name}。")
        return redirect(url_for(".unit", code=unit), 303)

    return _answer(Asking(staffing.PUT_IN, f"{home}{post.name}", url_for(".unit", code=unit)), act)


@bp.post(f"{PERSON}{POST}/end")
def take_out(username: str, unit: str, role: str) -> ResponseReturnValue:
    user, post, tasks = accounts.take_post(username, f"{unit}:{role}", by=me())
    flash(f"{user.name}不再担任{post.unit.name}{post.role_name}{_given_back(tasks)}。")
    if request.args.get("back") == "unit":
        return redirect(url_for(".unit", code=unit), 303)
    return redirect(url_for(".person", username=username), 303)


@bp.route(f"{POST}/substitute", methods=BOTH)
def substitute(unit: str, role: str) -> ResponseReturnValue:
    post, home = staff.post_row(unit, role)
    holders = substitution.holders_of(f"post:{post.post}")
    notes = (
        "代理的人在这段时间看到、办理这个岗位的任务，每条记录写“某某 代 某某”；到期自动结束。",
        "本人已经认领的任务还是本人的，代理的人办不了；要交出去，请在本人的页上“移交”。",
    )

    def act(values: dict[str, Any]) -> ResponseReturnValue:
        flash(f"已安排：{substitution.told(substitution.set_substitution(post.post, values, by=me()))}。")
        return redirect(url_for(".unit", code=unit), 303)

    values = {"holder": holders[0].value if len(holders) == 1 else ""}
    ask = Asking(
        substitution.FORM, f"{home}{post.name}", url_for(".unit", code=unit), {"holders": holders}, values, notes
    )
    return _answer(ask, act)


@bp.route(f"{POST}/notify", methods=BOTH)
def notify_post(unit: str, role: str) -> ResponseReturnValue:
    post, home = staff.post_row(unit, role)
    key, notes = f"post:{post.post}", ("在岗的人自己没有选的，按这里；自己选了的，按他选的。", *rules())

    def act(values: dict[str, Any]) -> ResponseReturnValue:
        notifying.save_post(key, values, by=me())
        flash(f"{home}{post.name}的通知设置已保存。")
        return redirect(url_for(".unit", code=unit), 303)

    back, values = url_for(".unit", code=unit), notifying.notify_of_post(key)
    return _answer(Asking(notifying.post_form(), f"{home}{post.name}", back, {}, values, notes), act)


@bp.post("/substitutions/<int(max=2147483647):substitution_id>/end")
def end_substitution(substitution_id: int) -> ResponseReturnValue:
    row = substitution.end_substitution(substitution_id, by=me())
    flash(f"已结束：{substitution.told(row)}。")
    return redirect(url_for(".unit", code=row.post_key.split(":")[1]), 303)


@bp.get("/people")
def people() -> ResponseReturnValue:
    search = request.args.get("search", "").strip()
    page = staff.people(search, request.args.get("after"))
    return render_template("organisation_people.html", page=page, search=search)


@bp.get(PERSON)
def person(username: str) -> ResponseReturnValue:
    return _person(username)


@bp.route("/new-person", methods=BOTH)
def new_person() -> ResponseReturnValue:
    """The page that answers shows the password, this once."""
    values = {"post": request.args.get("post", "")}
    lists = {"posts": staffing.posts_to_give()}

    def act(values: dict[str, Any]) -> ResponseReturnValue:
        user, password = staffing.add_by_form(values, by=me())
        return _person(user.username, password)

    return _answer(Asking(staffing.NEW_PERSON, "人员", url_for(".people"), lists, values), act)


@bp.route(f"{PERSON}/post", methods=BOTH)
def give_post(username: str) -> ResponseReturnValue:
    user = staff.person_page(username).user

    def act(values: dict[str, Any]) -> ResponseReturnValue:
        post = staffing.give_post_by_form(username, values, by=me())
        flash(f"{user.name}已担任{post.unit.name}{post.role_name}。")
        return redirect(url_for(".person", username=username), 303)

    lists = {"posts": staffing.posts_to_give(username)}
    return _answer(Asking(staffing.GIVE_POST, user.name, url_for(".person", username=username), lists), act)


@bp.route(f"{PERSON}/notify", methods=BOTH)
def notify_person(username: str) -> ResponseReturnValue:
    user = staff.person_page(username).user
    home = url_for(".person", username=username)
    notes = ("本人可以在“通知设置”里自己改。地址只有本人和系统管理员看得到全文；打开这一页，审计里记一条。",)
    known = notifying.read_addresses(username, by=me()) if request.method == "GET" else {}

    def act(values: dict[str, Any]) -> ResponseReturnValue:
        notifying.save_addresses(username, values, by=me())
        flash(f"{user.name}的通知地址已保存。")
        return redirect(home, 303)

    return _answer(Asking(notifying.addresses_form(), user.name, home, {}, known, notes), act)


@bp.route(f"{PERSON}/hand-over", methods=BOTH)
def hand_over(username: str) -> ResponseReturnValue:
    page = staff.person_page(username)

    def act(values: dict[str, Any]) -> ResponseReturnValue:
        done = handing_over.hand_over(username, values, by=me())
        where = f"移交给{done.to}" if done.to else "放回岗位"
        drafts = f"草稿 {done.drafts} 份只有本人看得到，不移交" if done.drafts else ""
        flash("；".join(filter(None, (f"{done.tasks} 件任务已{where}", drafts))) + "。")
        return redirect(url_for(".person", username=username), 303)

    home = url_for(".person", username=username)
    return _answer(Asking(handing_over.FORM, page.user.name, home, notes=_to_hand_over(page)), act)


def _to_hand_over(page: staff.PersonPage) -> tuple[str, ...]:
    """What is handed over, and what is left to be done by hand."""
    claimed = "、".join(f"{post} {number} 件" for post, number in handing_over.claimed_by_post(page.user).items())
    alone = "、".join(name for key, name, _ in page.posts if key in page.alone)
    return tuple(
        filter(
            None,
            (
                f"认领未办的任务：{claimed}。" if claimed else "现在没有认领未办的任务。",
                f"草稿 {page.drafts} 份只有本人看得到，不移交；要留的请本人先提交。" if page.drafts else "",
                f"只有这一人担任的岗位：{alone}。离岗以后没有人认领那里的任务，请先安排别人任职。" if alone else "",
            ),
        )
    )


@bp.post(f"{PERSON}/disable")
def disable(username: str) -> ResponseReturnValue:
    flash(f"已停用，不能再登录{_given_back(accounts.disable_user(username, by=me()))}。")
    return redirect(url_for(".person", username=username), 303)


@bp.post(f"{PERSON}/enable")
def enable(username: str) -> ResponseReturnValue:
    accounts.enable_user(username, by=me())
    flash("已启用。")
    return redirect(url_for(".person", username=username), 303)


@bp.post(f"{PERSON}/unlock")
def unlock(username: str) -> ResponseReturnValue:
    flash(f"{accounts.unlock_user(username, by=me()).name}可以登录了，密码没有变。")
    return redirect(url_for(".person", username=username), 303)


@bp.post(f"{PERSON}/password")
def reset_password(username: str) -> ResponseReturnValue:
    """The page that answers shows it, this once."""
    password = random_password()
    accounts.set_password(username, password, by=me())
    return _person(username, password)


def _answer(ask: Asking, act: Callable[[dict[str, Any]], ResponseReturnValue]) -> ResponseReturnValue:
    """The page with the form; what was sent is done, or stands there again beside what is wrong with it."""
    if request.method == "GET":
        return _form(ask, ask.values, {})
    values = read_values()
    try:
        return act(values)
    except InvalidForm as error:
        return _form(ask, values, error.problems), 422


def _form(ask: Asking, values: Mapping[str, Any], problems: Mapping[str, str]) -> str:
    return render_template("organisation_form.html", ask=ask, values=values, problems=problems)


def _person(username: str, password: str = "") -> str:
    page = staff.person_page(username)
    addresses = addresses_of(page.user.id)
    return render_template("organisation_person.html", page=page, password=password, addresses=addresses)


def _given_back(tasks: int) -> str:
    return f"，已认领的 {tasks} 件任务放回岗位" if tasks else ""
