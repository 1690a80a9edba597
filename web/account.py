"""One's own account: another password (S-01)."""

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user

from errors import InvalidForm
from operations.people.passwords import shortest
from operations.people.users import change_password
from web.login import MUST_CHANGE, SignedIn, me

bp = Blueprint("account", __name__)

FIELDS = (
    ("old", "原密码", "current-password"),
    ("new", "新密码", "new-password"),
    ("again", "再输一次", "new-password"),
)


@bp.get("/password")
def form() -> ResponseReturnValue:
    return _page({})


@bp.post("/password")
def change() -> ResponseReturnValue:
    typed = {key: request.form.get(key, "") for key, _, _ in FIELDS}
    try:
        identity = change_password(typed["old"], typed["new"], typed["again"], by=me())
    except InvalidForm as error:
        return _page(error.problems), 422
    session.pop(MUST_CHANGE, None)
    login_user(SignedIn(identity))  # this sign-in goes on; all others of this person end
    flash("密码已修改，其他设备上的登录已失效。")
    return redirect(url_for("inbox.index"), 303)


def _page(problems: dict[str, str]) -> str:
    return render_template(
        "password.html", fields=FIELDS, problems=problems, shortest=shortest(), must=MUST_CHANGE in session
    )
