"""A task is sent back to a step before it (退回)."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from errors import AlreadyChanged, InvalidForm, MessageNotAccepted, NotAllowed, TaskNotOpen
from operations.acts import sending_back
from queries.case.sending_back import sending_back_of
from queries.case.tasks import task_page
from web import errors
from web.login import me
from web.typed import read_values, request_id

bp = Blueprint("sending_back", __name__)
errors.keep_typed(bp, TaskNotOpen, NotAllowed, MessageNotAccepted, AlreadyChanged)
ADDRESS = "/tasks/<task_id>/send-back"


@bp.get(ADDRESS)
def form(task_id: str) -> ResponseReturnValue:
    return _form(task_id, {})


@bp.post(ADDRESS)
def send(task_id: str) -> ResponseReturnValue:
    values = read_values()
    try:
        task = sending_back.send_back(task_id, values, by=me(), request=request_id())
    except InvalidForm as error:
        return _form(task_id, values, error.problems), 422
    flash(f"“{task.name}”已退回，已通知对方。")
    return redirect(url_for("inbox.index"), 303)


def _form(task_id: str, values: dict, problems: dict | None = None) -> str:
    page = task_page(task_id, me())
    action, lists = sending_back_of(page)
    told = {"values": values, "problems": problems or {}}
    return render_template("action.html", page=page, file=page.file, action=action, lists=lists, **told)
