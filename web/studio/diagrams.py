"""The diagrams of a draft: their list with one more, drawn new or brought from another modeler, and the editor."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from errors import InvalidDiagram
from operations.studio.diagrams import add_diagram, import_diagram
from operations.studio.drafts import BadDraft
from queries.studio.diagrams import editor
from queries.studio.drafts import draft_page, readable_draft
from queries.studio.expressions import problem_of
from queries.studio.outline import outline
from web.login import me

bp = Blueprint("studio_diagrams", __name__, url_prefix="/studio/drafts/<int(max=2147483647):draft_id>/diagram")


@bp.get("")
def index(draft_id: int) -> ResponseReturnValue:
    return _index(draft_id)


@bp.post("")
def add(draft_id: int) -> ResponseReturnValue:
    """An empty one, or the file that was sent along. What is wrong with either stands above what was typed."""
    typed, file = request.form, request.files.get("file")
    try:
        if file:
            name = import_diagram(draft_id, typed.get("key", ""), file.filename or "", file.read(), by=me())
        else:
            name = add_diagram(draft_id, typed.get("key", ""), typed.get("title", ""), by=me())
    except (BadDraft, InvalidDiagram) as error:
        return _index(draft_id, str(error)), 422
    return redirect(url_for(".show", draft_id=draft_id, name=name), 303)


@bp.post("/expression")
def expression(draft_id: int) -> ResponseReturnValue:
    """What is wrong with the expression that is typed, or with the script, "" when nothing is."""
    readable_draft(draft_id, me())
    return {"message": problem_of(request.get_data(as_text=True), script="script" in request.args)}


@bp.get("/<name>")
def show(draft_id: int, name: str) -> ResponseReturnValue:
    return render_template("studio/diagram.html", page=editor(draft_id, name, me()))


@bp.get("/<name>/outline")
def in_words(draft_id: int, name: str) -> ResponseReturnValue:
    return render_template("studio/outline.html", page=outline(draft_id, name, me()))


def _index(draft_id: int, problem: str = "") -> str:
    return render_template("studio/diagrams.html", page=draft_page(draft_id, me()), problem=problem, typed=request.form)
