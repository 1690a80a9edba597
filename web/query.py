"""The page where a reporter asks how far the case is. Open to everybody, so guessing is slow."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from errors import NotFound
from operations.guessing import must_wait, note_wrong_query
from queries.progress import Progress, progress

bp = Blueprint("query", __name__, url_prefix="/query")

TOO_MANY = "查询次数过多，请十分钟后再试。"


@bp.get("")
def form() -> ResponseReturnValue:
    return _page()


@bp.post("")
def show() -> ResponseReturnValue:
    address = request.remote_addr or ""
    if must_wait(address):
        return _page(problem=TOO_MANY), 429
    try:
        found = progress(request.form.get("case_no", ""), request.form.get("code", ""))
    except NotFound as error:
        note_wrong_query(address)
        return _page(problem=str(error)), 404
    return _page(found)


def _page(found: Progress | None = None, problem: str = "") -> str:
    return render_template("query.html", found=found, problem=problem)
