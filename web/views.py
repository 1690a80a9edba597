"""Views of the inbox under names of one's own: saved from the filter on the screen, named anew, thrown away."""

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue

from errors import InvalidForm, NotFound
from operations.acts.saved_views import delete_view, rename_view, save_view
from queries.boxes.narrowing import Filter
from queries.boxes.saved_views import filter_of
from web.inbox import CAN_NARROW, address, narrowed, show
from web.login import me
from web.typed import read_values

bp = Blueprint("views", __name__, url_prefix="/views")
ONE = "/<int(max=2147483647):view_id>"


@bp.post("")
def save() -> ResponseReturnValue:
    box, only = _asked()
    try:
        save_view(read_values(), by=me(), box=box, **only.parts)
    except InvalidForm as error:
        return show(box, only, problem=error.problems.get("name")), 422
    flash("视图已存，在列表上方点它的名称就能打开。")
    return redirect(address(box, only), 303)


@bp.post(f"{ONE}/rename")
def rename(view_id: int) -> ResponseReturnValue:
    try:
        view = rename_view(view_id, read_values(), by=me())
    except InvalidForm as error:
        return show(*_asked(), problem=error.problems.get("name")), 422
    return redirect(address(view.box, filter_of(view)), 303)


@bp.post(f"{ONE}/delete")
def delete(view_id: int) -> ResponseReturnValue:
    """Back to the list, as it was narrowed."""
    flash(f"视图“{delete_view(view_id, by=me())}”已删除。")
    return redirect(address(*_asked()), 303)


def _asked() -> tuple[str, Filter]:
    box, only = request.form.get("box", "mine"), narrowed()
    only.check()
    if box not in CAN_NARROW:
        raise NotFound
    return box, only
