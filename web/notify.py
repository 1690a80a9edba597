"""One's own notifications outside the house (通知设置)."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from errors import InvalidForm
from operations.people.notifying import notify_of, own_form, save_own
from queries.house.notifying import rules
from web.login import me
from web.typed import read_values

bp = Blueprint("notify", __name__, url_prefix="/notify")


@bp.get("")
def form() -> ResponseReturnValue:
    return _page(notify_of(me().id or 0), {})


@bp.post("")
def save() -> ResponseReturnValue:
    values = read_values()
    try:
        save_own(values, by=me())
    except InvalidForm as error:
        return _page(values, error.problems), 422
    flash("通知设置已保存。")
    return redirect(url_for(".form"), 303)


def _page(values: Mapping[str, Any], problems: Mapping[str, str]) -> str:
    return render_template("notify.html", form=own_form(), values=values, problems=problems, rules=rules())
