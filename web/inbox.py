"""The inbox: what waits for me, what waits in my units, what I have done, registered, begun to type."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from queries import inbox
from queries.drafts import draft_box
from queries.pages import Page
from queries.started import started_by
from web.login import me

bp = Blueprint("inbox", __name__)


@bp.get("/")
def index() -> ResponseReturnValue:
    box = request.args.get("box", "mine")
    page = _page(box, request.args.get("after"))
    return render_template("inbox.html", box=box, page=page, counts=inbox.counts(me()))


def _page(box: str, after: str | None) -> Page[Any]:
    match box:
        case "started":
            return started_by(me(), after)
        case "drafts":
            return draft_box(me(), after)
    return inbox.inbox(me(), box, after)
