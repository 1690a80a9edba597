"""Ordering a unit about a case by hand (督办单), from the desk or the page of the case."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from errors import AlreadyChanged, InvalidForm, MessageNotAccepted, NotAllowed
from operations.acts.ordering import order_supervision
from queries.case.order_pages import order_page
from web import errors
from web.login import me
from web.typed import read_values, request_id

bp = Blueprint("orders", __name__, url_prefix="/cases/<int(max=2147483647):case_id>/order")
errors.keep_typed(bp, NotAllowed, MessageNotAccepted, AlreadyChanged)


@bp.get("")
def form(case_id: int) -> ResponseReturnValue:
    return _page(case_id)


@bp.post("")
def order(case_id: int) -> ResponseReturnValue:
    values = read_values()
    try:
        made = order_supervision(case_id, values, by=me(), request=request_id())
    except InvalidForm as error:
        return _page(case_id, values, error.problems), 422
    flash("督办单已发出，对方收到通知；反馈以后由您核查。")
    return redirect(url_for("cases.show", case_id=made.id), 303)


def _page(case_id: int, values: dict | None = None, problems: dict | None = None) -> str:
    page = order_page(case_id, me(), request.args.get("unit", ""))
    given = page.values if values is None else values
    return render_template("order.html", page=page, file=page.file, values=given, problems=problems or {})
