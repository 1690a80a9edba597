"""Notices to one's posts."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from operations.acts.notices import mark_notices_read
from queries.boxes.notices import notices, unread
from web.login import me

bp = Blueprint("notices", __name__, url_prefix="/notices")


@bp.app_context_processor
def for_the_bar() -> dict[str, object]:
    """The navigation asks how many are new, on pages that show it."""
    return {"unread_notices": lambda: unread(me())}


@bp.get("")
def index() -> ResponseReturnValue:
    return render_template("notices.html", notices=notices(me()))


@bp.post("/read")
def read() -> ResponseReturnValue:
    mark_notices_read(by=me())
    return redirect(url_for(".index"), 303)
