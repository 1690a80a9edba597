"""A diagram of a draft: its editor, and the same in words."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from operations.studio.opening import readable_draft
from queries.studio.diagrams import editor
from queries.studio.expressions import problem_of
from queries.studio.outline import outline
from web.login import me

bp = Blueprint("studio_diagrams", __name__, url_prefix="/studio/drafts/<int(max=2147483647):draft_id>/diagram")


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
