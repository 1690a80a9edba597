"""The page where a reporter asks how far the case is. Open to everybody, so guessing is slow."""

from collections import OrderedDict
from datetime import datetime, timedelta

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from errors import NotFound
from models import now
from queries.progress import Progress, progress

bp = Blueprint("query", __name__, url_prefix="/query")

ALLOWED = 10  # wrong answers of one address
WITHIN = timedelta(minutes=10)
REMEMBERED = 10_000  # addresses
TOO_MANY = "查询次数过多，请十分钟后再试。"

_wrong: OrderedDict[str, list[datetime]] = OrderedDict()


@bp.get("")
def form() -> ResponseReturnValue:
    return _page()


@bp.post("")
def show() -> ResponseReturnValue:
    address, moment = request.remote_addr or "", now()
    if len(_recent(address, moment)) >= ALLOWED:
        return _page(problem=TOO_MANY), 429
    try:
        found = progress(request.form.get("case_no", ""), request.form.get("code", ""))
    except NotFound as error:
        _note_wrong(address, moment)
        return _page(problem=str(error)), 404
    return _page(found)


def _page(found: Progress | None = None, problem: str = "") -> str:
    return render_template("query.html", found=found, problem=problem)


def _recent(address: str, moment: datetime) -> list[datetime]:
    return [each for each in _wrong.get(address, []) if moment - each < WITHIN]


def _note_wrong(address: str, moment: datetime) -> None:
    """Kept in this process only, and no more of them than fit."""
    _wrong[address] = [*_recent(address, moment), moment]
    _wrong.move_to_end(address)
    if len(_wrong) > REMEMBERED:
        _wrong.popitem(last=False)
