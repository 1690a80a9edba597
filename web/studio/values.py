"""The parameters of a draft: new values that come into force with its files."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from errors import AppError
from operations.house.parameters import BadParameterValue
from operations.studio.values import set_value, unset_value
from queries.house.parameter_words import UNITS, shown, typed
from queries.studio.values import draft_values
from web.login import me

bp = Blueprint("studio_values", __name__, url_prefix="/studio/drafts/<int(max=2147483647):draft_id>/values")


@bp.get("")
def index(draft_id: int) -> ResponseReturnValue:
    return _page(draft_id)


@bp.post("")
def save(draft_id: int) -> ResponseReturnValue:
    """What is wrong with a value stands beside it, with what was typed."""
    key, text, basis = (request.form.get(name, "") for name in ("key", "value", "basis"))
    _, lines = draft_values(draft_id, me())
    known = next((line.now for line in lines if line.row.key == key), "")
    try:
        if not text.strip():
            raise BadParameterValue("请填写新值。")
        set_value(draft_id, key, typed(text.strip(), known), basis=basis, by=me())
    except AppError as error:
        return _page(draft_id, {"key": key, "value": text, "basis": basis, "why": str(error)}), 422
    return redirect(url_for(".index", draft_id=draft_id, _anchor=key), 303)


@bp.post("/leave")
def leave(draft_id: int) -> ResponseReturnValue:
    unset_value(draft_id, request.form.get("key", ""), by=me())
    return redirect(url_for(".index", draft_id=draft_id), 303)


def _page(draft_id: int, refused: dict[str, str] | None = None) -> str:
    page, lines = draft_values(draft_id, me())
    shows = {"units": UNITS, "shown": shown, "refused": refused or {}}
    return render_template("studio/values.html", page=page, lines=lines, **shows)
