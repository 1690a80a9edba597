"""The time machine. Its address exists in a demonstration only (web.register)."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from errors import InvalidForm
from operations import clock
from web.display import moment
from web.login import me

bp = Blueprint("clock", __name__)

UNITS = ("workdays", "days", "hours")


@bp.post("/clock")
def advance() -> ResponseReturnValue:
    """Move the clock forward; the deadlines on the way fire."""
    amounts = {unit: request.form.get(unit, 0, type=int) for unit in UNITS}
    if not any(amounts.values()):
        flash("时间没有推进：请填写要推进的工作日数，是大于0的整数。", "warn")
        return redirect(url_for("inbox.index"), 303)
    try:
        now = clock.advance(**amounts, by=me())
    except InvalidForm as error:
        flash(f"时间没有推进：{'；'.join(error.problems.values())}", "warn")
        return redirect(url_for("inbox.index"), 303)
    flash(f"时间已推进到 {moment(now)}，途中到期的时限已处理。")
    return redirect(url_for("inbox.index"), 303)
