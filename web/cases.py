"""Cases: the list, and one case's file."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from queries.cases import case_file, case_list
from web.login import me

bp = Blueprint("cases", __name__, url_prefix="/cases")


@bp.get("")
def index() -> ResponseReturnValue:
    search = request.args.get("search", "").strip()
    page = case_list(me(), request.args.get("after"), search)
    return render_template("cases.html", page=page, search=search)


@bp.get("/<int(max=2147483647):case_id>")
def show(case_id: int) -> ResponseReturnValue:
    return render_template("case.html", file=case_file(case_id, me()))
