"""The inbox: what waits for me, what waits in my units, what I have done."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from queries import inbox
from web.login import me

bp = Blueprint("inbox", __name__)


@bp.get("/")
def index() -> ResponseReturnValue:
    box = request.args.get("box", "mine")
    page = inbox.inbox(me(), box, request.args.get("after"))
    return render_template("inbox.html", box=box, page=page, counts=inbox.counts(me()))
