"""The supervision desk: lists of what needs a push, 催办 from there, the store of clues, cases looked at again."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from errors import AlreadyChanged, InvalidForm, MessageNotAccepted, NotAllowed
from operations.acts import rechecks as drawing
from operations.acts import urging
from queries.lists.clue_store import clue_store
from queries.lists.desk import TABS, desk
from queries.lists.list_sheets import desk_file
from queries.lists.rechecks import draw_page, draws, new_request
from web import errors
from web.login import me
from web.sheets import list_taken
from web.typed import read_values, request_id

bp = Blueprint("desk", __name__, url_prefix="/desk")
errors.keep_typed(bp, InvalidForm, NotAllowed, MessageNotAccepted, AlreadyChanged)
ID = "int(max=2147483647)"


@bp.get("")
def index() -> ResponseReturnValue:
    tab = request.args.get("tab", "late")
    page = desk(me(), tab, request.args.get("after"))
    return render_template("desk.html", page=page, tab=tab, tabs=TABS)


@bp.get("/desk.xlsx")
def export() -> ResponseReturnValue:
    """The list of one tab."""
    tab = request.args.get("tab", "late")
    file = desk_file(me(), tab)
    return list_taken(f"督查台_{TABS[tab]}", file)


@bp.post(f"/<{ID}:case_id>/urge")
def urge(case_id: int) -> ResponseReturnValue:
    """As on the page of the case; one stays on the desk."""
    tab = request.args.get("tab", "")
    name = urging.urge_case(case_id, read_values(), by=me(), request=request_id())
    flash(f"已催办{name}，对方收到通知。")
    return redirect(url_for(".index", tab=tab if tab in TABS else None), 303)


@bp.get("/clues")
def clues() -> ResponseReturnValue:
    return render_template("clues.html", page=clue_store(me(), request.args.get("after")), tabs=TABS)


@bp.get("/rechecks")
def rechecks() -> ResponseReturnValue:
    return _draws({})


@bp.post("/rechecks")
def draw() -> ResponseReturnValue:
    values = read_values()
    try:
        draw_id = drawing.draw_rechecks(values, by=me(), request=request_id())
    except InvalidForm as error:
        return _draws(values, error.problems), 422
    return redirect(url_for(".recheck", draw_id=draw_id), 303)


@bp.get(f"/rechecks/<{ID}:draw_id>")
def recheck(draw_id: int) -> ResponseReturnValue:
    return _draw(draw_id, request.args.get("item", 0, type=int))


@bp.post(f"/rechecks/<{ID}:draw_id>/<{ID}:recheck_id>")
def record(draw_id: int, recheck_id: int) -> ResponseReturnValue:
    values = read_values()
    try:
        drawing.record_finding(recheck_id, values, by=me())
    except InvalidForm as error:
        return _draw(draw_id, recheck_id, values, error.problems), 422
    flash("核查结果已登记，记入事项的办理经过。")
    return redirect(url_for(".recheck", draw_id=draw_id), 303)


def _draws(values: dict, problems: dict | None = None) -> str:
    page = draws(me(), request.args.get("after"))
    return render_template(
        "rechecks.html",
        page=page,
        tabs=TABS,
        form=drawing.DRAW,
        values=values,
        problems=problems or {},
        request_id=new_request(),
    )


def _draw(draw_id: int, recheck_id: int, values: dict | None = None, problems: dict | None = None) -> str:
    return render_template(
        "recheck.html",
        page=draw_page(draw_id, me()),
        form=drawing.FINDING,
        chosen=recheck_id,
        values=values or {},
        problems=problems or {},
    )
