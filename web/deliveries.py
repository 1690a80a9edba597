"""What was sent out of the house, for who operates it (发送记录)."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateways import CHANNELS
from operations.gate.outbox import send_again
from queries.house.deliveries import STATES, deliveries
from web.login import me

bp = Blueprint("deliveries", __name__, url_prefix="/deliveries")


@bp.get("")
def index() -> ResponseReturnValue:
    asked = _asked()
    page = deliveries(request.args.get("after"), asked["state"], asked["channel"], asked["number"])
    return render_template("deliveries.html", page=page, asked=asked, states=STATES, channels=CHANNELS)


@bp.post("/<int(max=2147483647):message_id>/again")
def again(message_id: int) -> ResponseReturnValue:
    send_again(message_id, by=me())
    flash("已重新排上，稍后再发。")
    return redirect(url_for(".index", **_narrowed()), 303)


def _narrowed() -> dict[str, Any]:
    return {key: text for key, text in _asked().items() if text}


def _asked() -> dict[str, str]:
    return {key: request.args.get(key, "").strip() for key in ("state", "channel", "number")}
