"""The time machine. Its address exists in a demonstration only (web.register)."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from errors import InvalidForm
from operations.ticking import clock
from web.display import moment
from web.login import me

bp = Blueprint("clock", __name__)

UNITS = ("workdays", "days", "hours")


@bp.post("/clock")
def advance() -> ResponseReturnValue:
    """Move the clock forward; the deadlines on the way fire. What cannot be so is refused with 422 and why."""
    amounts = {unit: request.form.get(unit, 0, type=int) for unit in UNITS}
    if not any(amounts.values()):
        return _refused("请填写要推进的工作日数，是大于0的整数。")
    try:
        now = clock.advance(**amounts, by=me())
    except InvalidForm as error:
        return _refused("；".join(error.problems.values()))
    flash(f"时间已推进到 {moment(now)}，途中到期的时限已处理。")
    return redirect(url_for("inbox.index"), 303)


def _refused(why: str) -> ResponseReturnValue:
    return render_template("error.html", message=f"时间没有推进：{why}", status=422, typed=[]), 422
