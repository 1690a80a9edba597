"""The inbox: what waits for me and in my units, what I have done, was sent to see, registered, began to type."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from operations.claiming import claim_each
from operations.notices import read_notice
from queries import inbox
from queries.copied import copied_to
from queries.counts import COLORS, counts
from queries.drafts import draft_box
from queries.pages import Page
from queries.signs import asked_of
from queries.started import started_by
from web.login import me

bp = Blueprint("inbox", __name__)


@bp.get("/")
def index() -> ResponseReturnValue:
    box = request.args.get("box", "mine")
    page = _page(box, request.args.get("after"))
    return _show(box, page)


@bp.post("/claim")
def claim() -> ResponseReturnValue:
    """All that were ticked, each told of that could not be claimed. Sent again, it claims what is claimed already."""
    became = claim_each(request.form.getlist("task"), by=me())
    names = inbox.names_of(became, me())
    refused = [(names.get(task_id, "一项任务"), why) for task_id, why in became.items() if why]
    told = {"chosen": len(became), "claimed": len(became) - len(refused), "refused": refused}
    return _show("mine", inbox.inbox(me(), "mine"), told=told)


@bp.get("/copies/<int(max=2147483647):notice_id>")
def open_copy(notice_id: int) -> ResponseReturnValue:
    """To the case; the copy is read. Going there again changes nothing."""
    return redirect(url_for("cases.show", case_id=read_notice(notice_id, by=me())), 303)


def _show(box: str, page: Page[Any], **more: Any) -> str:
    return render_template("inbox.html", box=box, page=page, counts=counts(me()), colors=COLORS, **more)


def _page(box: str, after: str | None) -> Page[Any]:
    match box:
        case "copied":
            return copied_to(me(), after)
        case "signs":
            return asked_of(me(), after)
        case "started":
            return started_by(me(), after)
        case "drafts":
            return draft_box(me(), after)
    return inbox.inbox(me(), box, after)
