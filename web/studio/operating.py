"""An operator's acts on one running case: suspend and resume, set a variable, move a token."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from errors import AlreadyChanged, InvalidForm, MessageNotAccepted, NotAllowed
from operations.house.displacing import move_token
from operations.house.operating import resume_case, suspend_case
from operations.house.variables import set_variable
from queries.studio.operating import ActPage, move_page, operate_page, resume_page, suspend_page, variable_page
from web import errors
from web.login import me
from web.typed import read_values, request_id

bp = Blueprint("studio_operating", __name__, url_prefix="/studio/cases/<int(max=2147483647):case_id>/operate")
errors.keep_typed(bp, NotAllowed, MessageNotAccepted, AlreadyChanged)


@bp.get("")
def show(case_id: int) -> ResponseReturnValue:
    return render_template("studio/operate.html", page=operate_page(case_id, me()))


@bp.get("/suspend")
def suspend_form(case_id: int) -> ResponseReturnValue:
    return _form(suspend_page(case_id, me()))


@bp.post("/suspend")
def suspend(case_id: int) -> ResponseReturnValue:
    return _done(suspend_case, suspend_page, case_id, "已暂停：恢复以前任何人都不能办，时限不计。")


@bp.get("/resume")
def resume_form(case_id: int) -> ResponseReturnValue:
    return _form(resume_page(case_id, me()))


@bp.post("/resume")
def resume(case_id: int) -> ResponseReturnValue:
    return _done(resume_case, resume_page, case_id, "已恢复：时限接着计，新的到期日在下面。")


@bp.get("/variable")
def variable_form(case_id: int) -> ResponseReturnValue:
    """`name` in the query."""
    page = variable_page(case_id, request.args.get("name", ""), me())
    return _form(page, page.begins)


@bp.post("/variable")
def variable(case_id: int) -> ResponseReturnValue:
    name = request.form.get("name", "")

    def act(case_id: int, values: dict, **more: Any) -> None:
        set_variable(case_id, name, values, **more)

    return _done(act, lambda *asked: variable_page(asked[0], name, asked[1]), case_id, f"“{name}”已改，记入办理经过。")


@bp.get("/move")
def move_form(case_id: int) -> ResponseReturnValue:
    """`token` in the query."""
    return _form(move_page(case_id, request.args.get("token", ""), me()))


@bp.post("/move")
def move(case_id: int) -> ResponseReturnValue:
    token = request.form.get("token", "")

    def act(case_id: int, values: dict, **more: Any) -> None:
        move_token(case_id, token, values, **more)

    return _done(act, lambda *asked: move_page(asked[0], token, asked[1]), case_id, "已移动，记入办理经过。")


def _done(act: Callable, page: Callable[..., ActPage], case_id: int, said: str) -> ResponseReturnValue:
    values = read_values()
    try:
        act(case_id, values, revision=request.form.get("revision", 0, type=int), by=me(), request=request_id())
    except InvalidForm as error:
        return _form(page(case_id, me()), values, error.problems), 422
    flash(said)
    return redirect(url_for(".show", case_id=case_id), 303)


def _form(page: ActPage, values: dict | None = None, problems: dict | None = None) -> str:
    return render_template("studio/operate_act.html", page=page, values=values or {}, problems=problems or {})
