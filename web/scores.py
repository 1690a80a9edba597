"""A score paper, each number of it unfolding to where it came from."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from queries.lists.scores import score_paper
from web.login import me

bp = Blueprint("scores", __name__, url_prefix="/scores")


@bp.get("/<int(max=2147483647):document_id>")
def show(document_id: int) -> ResponseReturnValue:
    return render_template("score.html", paper=score_paper(document_id, me(), request.args.get("unit", "")))
