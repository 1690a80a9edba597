"""The inbox: what waits for me and in my units, what I have done, was sent to see, registered, began to type."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from operations.acts.notices import read_notice
from operations.acts.together import claim_each
from queries.boxes import inbox
from queries.boxes.copied import copied_to
from queries.boxes.counts import COLORS, counts, waiting_of
from queries.boxes.drafts import draft_box, ending
from queries.boxes.narrowing import HELD, Filter, flows_to_choose
from queries.boxes.saved_views import filter_of, saved_views
from queries.boxes.started import started_by
from queries.case.signs import asked_of
from queries.lights import Lights, lights_at
from queries.pages import Page
from web.login import me

bp = Blueprint("inbox", __name__)
CAN_NARROW = ("mine", "unit")


@bp.get("/")
def index() -> ResponseReturnValue:
    return show(request.args.get("box", "mine"), narrowed())


@bp.post("/claim")
def claim() -> ResponseReturnValue:
    """All that were ticked, each told of that could not be claimed. Sent again, it claims what is claimed already."""
    became = claim_each(request.form.getlist("task"), by=me())
    return show("mine", told=told("认领", became))


@bp.get("/copies/<int(max=2147483647):notice_id>")
def open_copy(notice_id: int) -> ResponseReturnValue:
    """To the case; the copy is read. Going there again changes nothing."""
    return redirect(url_for("cases.show", case_id=read_notice(notice_id, by=me())), 303)


def told(what: str, became: Mapping[str, str]) -> dict[str, Any]:
    """For the page that follows: of how many `what` was done, and why not of the others."""
    names = inbox.names_of(became, me())
    refused = [(names.get(task_id, "一项任务"), why) for task_id, why in became.items() if why]
    return {"what": what, "chosen": len(became), "done": len(became) - len(refused), "refused": refused}


def narrowed() -> Filter:
    """The filter of this request's address, or of the form on it."""
    return Filter(**{part: request.values.get(part, "").strip() for part in inbox.EVERYTHING.parts})


def address(box: str, only: Filter) -> str:
    """Of a box so narrowed: what one bookmarks."""
    parts: dict[str, Any] = {part: text or None for part, text in only.parts.items()}
    return url_for("inbox.index", box=None if box == "mine" else box, **parts)


def show(box: str, only: Filter = inbox.EVERYTHING, **more: Any) -> str:
    """The first page of a box, or the one that the address asks for."""
    light = lights_at()
    page, counted = _page(box, request.args.get("after"), only, light), counts(me(), light)
    can_narrow = box in CAN_NARROW
    views = [(view, address(view.box, filter_of(view))) for view in saved_views(me())] if can_narrow else []
    around = {
        "counts": counted,
        "mine_waits": waiting_of(counted, light),
        "colors": COLORS,
        "holders": HELD,
        "can_narrow": can_narrow,
        "views": views,
        "drafts_end": ending(me(), light) if counted["drafts"] else None,
    }
    flows = flows_to_choose(me()) if can_narrow else []
    return render_template(
        "inbox.html", box=box, page=page, only=only, here=address(box, only), flows=flows, **around, **more
    )


def _page(box: str, after: str | None, only: Filter, light: Lights) -> Page[Any]:
    match box:
        case "copied":
            return copied_to(me(), after)
        case "signs":
            return asked_of(me(), after, light=light)
        case "started":
            return started_by(me(), after, light=light)
        case "drafts":
            return draft_box(me(), after, light=light)
    return inbox.inbox(me(), box, after, only=only, light=light)
