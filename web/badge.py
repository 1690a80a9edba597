"""The number beside 待办 in the navigation, and what a page that stays open asks to keep it true."""

from flask import Blueprint, Flask, request
from flask.typing import ResponseReturnValue

from errors import NotFound
from queries.boxes.counts import Waiting, waiting
from queries.pages import read_moment
from web.login import me

bp = Blueprint("badge", __name__)
MAX_DIGITS = 9


def register(app: Flask) -> None:
    app.jinja_env.globals["waiting"] = shown


def shown() -> Waiting | None:
    """For the navigation; None where no flow is deployed yet, and nothing can wait."""
    try:
        return waiting(me())
    except NotFound:
        return None


@bp.get("/badge")
def now() -> ResponseReturnValue:
    """Number, colour and words; `new` since the page was made, of which it says when and how many it counted then.

    A page asks this by itself, so it keeps no sign-in alive (web/login.py).
    """
    had = request.args.get("had", "")
    since = read_moment(request.args.get("since", "")) if had.isdecimal() and len(had) <= MAX_DIGITS else None
    found = waiting(me(), since, int(had) if since else 0)
    return {"number": found.number, "color": found.worst, "words": found.words, "new": found.new}
