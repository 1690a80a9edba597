"""Colleagues are asked about a task (加签、委派), and answer."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from errors import AlreadyChanged, InvalidForm, MessageNotAccepted, NotAllowed, TaskNotOpen
from models.task import LATER
from operations.acts import signing
from queries.case.signs import sign_page
from queries.case.tasks import TaskPage, asking_of, task_page, withdrawing_of
from reference.people import post_name
from web import errors
from web.login import me
from web.typed import read_values, request_id

bp = Blueprint("signs", __name__)
errors.keep_typed(bp, TaskNotOpen, NotAllowed, MessageNotAccepted, AlreadyChanged)
ASK = "/tasks/<task_id>/<any(sign, delegate):how>"
SIGN = "/tasks/<task_id>/signs/<int(max=2147483647):sign_id>/withdraw"
ONE = "/signs/<int(max=2147483647):sign_id>"


@bp.get(ASK)
def ask_form(task_id: str, how: str) -> ResponseReturnValue:
    return _ask(task_page(task_id, me()), how, {})


@bp.post(ASK)
def ask(task_id: str, how: str) -> ResponseReturnValue:
    values = read_values()
    try:
        sign = signing.ask_for_sign(task_id, values, by=me(), delegate=how == "delegate", request=request_id())
    except InvalidForm as error:
        return _ask(task_page(task_id, me()), how, values, error.problems), 422
    if sign:
        told = "您提交以后通知对方" if sign.state == LATER else "已通知对方"
        flash(f"{signing.KIND_NAMES[sign.kind]}{post_name(sign.post)}，{told}。")
    return redirect(url_for("tasks.show", task_id=task_id), 303)


@bp.get(SIGN)
def withdraw_form(task_id: str, sign_id: int) -> ResponseReturnValue:
    return _withdraw(task_page(task_id, me()), sign_id, {})


@bp.post(SIGN)
def withdraw(task_id: str, sign_id: int) -> ResponseReturnValue:
    values = read_values()
    try:
        sign = signing.withdraw_sign(sign_id, values, by=me(), request=request_id())
    except InvalidForm as error:
        return _withdraw(task_page(task_id, me()), sign_id, values, error.problems), 422
    flash(f"已减签{post_name(sign.post)}。")
    return redirect(url_for("tasks.show", task_id=task_id), 303)


@bp.post("/tasks/<task_id>/take-back")
def take_back(task_id: str) -> ResponseReturnValue:
    signing.take_back_form(task_id, by=me(), request=request_id())
    flash("已取回，改好以后重新提交。")
    return redirect(url_for("tasks.show", task_id=task_id), 303)


@bp.get(ONE)
def show(sign_id: int) -> ResponseReturnValue:
    return _show(sign_id, {})


@bp.post(ONE)
def answer(sign_id: int) -> ResponseReturnValue:
    values = read_values()
    try:
        sign = signing.answer_sign(sign_id, values, by=me(), request=request_id())
    except InvalidForm as error:
        return _show(sign_id, values, error.problems), 422
    flash(f"已答复“{sign.task.name}”，已通知对方。")
    return redirect(url_for("inbox.index", box="signs"), 303)


def _ask(page: TaskPage, how: str, values: dict, problems: dict | None = None) -> str:
    action, lists = asking_of(page, delegate=how == "delegate")
    told = {"values": values, "problems": problems or {}}
    return render_template("action.html", page=page, file=page.file, action=action, lists=lists, **told)


def _withdraw(page: TaskPage, sign_id: int, values: dict, problems: dict | None = None) -> str:
    action, told = withdrawing_of(page, sign_id), {"values": values, "problems": problems or {}}
    return render_template("action.html", page=page, file=page.file, action=action, lists={}, **told)


def _show(sign_id: int, values: dict, problems: dict | None = None) -> str:
    page = sign_page(sign_id, me())
    return render_template("sign.html", page=page, file=page.file, values=values, problems=problems or {})
