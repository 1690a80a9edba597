"""Parameters of a county's documents: what they are, where they come from, what they were; a manager changes them."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from errors import AppError, InvalidForm
from operations.house.parameter_kinds import choices_of
from operations.studio.parameters import change_seen
from queries.house.parameter_words import UNITS, shown, typed
from queries.studio.parameters import parameters_page
from reference.parameters import values_at
from reference.seeds import parameter_name
from web.login import me

bp = Blueprint("studio_parameters", __name__, url_prefix="/studio/parameters")
BOX = "value:"  # before the key, in the name of a box


@bp.get("")
def index() -> ResponseReturnValue:
    return _page(request.args.get("document", ""))


@bp.post("")
def save() -> ResponseReturnValue:
    """What is wrong with a value stands beside it, with what was typed."""
    seen, document = request.form.get("seen", 0, type=int), request.form.get("document", "")
    texts = {name.removeprefix(BOX): text for name, text in request.form.items() if name.startswith(BOX)}
    before = values_at(seen)
    values = {key: typed(text.strip(), before[key]) for key, text in texts.items() if key in before}
    try:
        rows = change_seen(values, request.form.get("basis", ""), seen=seen, by=me())
    except InvalidForm as error:
        return _page(document, texts, error.problems), 422
    except AppError as error:
        return _page(document, texts, {"": str(error)}), 422
    told = "；".join(f"{parameter_name(row.key)}改为 {shown(row.value)}" for row in rows)
    flash(f"已保存：{told}。此后登记的事项按新值，在办的不变。")
    return redirect(url_for(".index", document=document), 303)


def _page(document: str, texts: dict[str, str] | None = None, problems: dict[str, str] | None = None) -> str:
    page = parameters_page(document, me())
    shows: dict[str, Any] = {
        "units": UNITS,
        "shown": shown,
        "choices_of": choices_of,
        "basis": request.form.get("basis"),
    }
    return render_template("studio/parameters.html", page=page, texts=texts or {}, problems=problems or {}, **shows)
