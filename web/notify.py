"""One's own notifications outside the house (通知设置)."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from errors import InvalidForm
from operations.people import addresses
from operations.people.notifying import notify_of, own_form, save_own
from queries.house.notifying import rules, waiting_addresses
from web.login import me
from web.typed import read_values

bp = Blueprint("notify", __name__, url_prefix="/notify")


@bp.get("")
def form() -> ResponseReturnValue:
    return _page(_mine(), {})


@bp.post("")
def save() -> ResponseReturnValue:
    values = read_values()
    try:
        save_own(values, by=me())
    except InvalidForm as error:
        return _page(values, error.problems), 422
    waiting = "、".join(each.name for each in waiting_addresses(me().id or 0))
    flash(f"通知设置已保存。{waiting}待确认，请填收到的验证码。" if waiting else "通知设置已保存。")
    return redirect(url_for(".form"), 303)


@bp.post("/<channel>/confirm")
def confirm(channel: str) -> ResponseReturnValue:
    return _coded(channel, "已确认，以后发到这里。", lambda: addresses.confirm(channel, read_values(), by=me()))


@bp.post("/<channel>/code")
def send_another(channel: str) -> ResponseReturnValue:
    return _coded(channel, "验证码已重发，以最后收到的为准。", lambda: addresses.send_another(channel, by=me()))


def _coded(channel: str, done: str, act: Callable[[], None]) -> ResponseReturnValue:
    try:
        act()
    except InvalidForm as error:
        return _page(_mine(), {}, {channel: error.problems["code"]}), 422
    flash(done)
    return redirect(url_for(".form"), 303)


def _mine() -> dict[str, Any]:
    return notify_of(me().id or 0)


def _page(values: Mapping[str, Any], problems: Mapping[str, str], wrong: Mapping[str, str] | None = None) -> str:
    """`wrong`: what is the matter with a code, by the channel of its address."""
    return render_template(
        "notify.html",
        form=own_form(),
        values=values,
        problems=problems,
        rules=rules(),
        unconfirmed=waiting_addresses(me().id or 0),
        wrong=wrong or {},
    )
