"""Cases: the list, and one case's file."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from operations.privacy import reveal_reporter
from queries.case_list import case_list, units_to_choose
from queries.cases import STATUS_NAMES, case_file
from queries.facts import personal_data
from web.login import me

bp = Blueprint("cases", __name__, url_prefix="/cases")
ONE = "/<int(max=2147483647):case_id>"


@bp.get("")
def index() -> ResponseReturnValue:
    asked = {key: request.args.get(key, "").strip() for key in ("search", "status", "unit")}
    page = case_list(me(), request.args.get("after"), asked["search"], status=asked["status"], unit=asked["unit"])
    return render_template("cases.html", page=page, asked=asked, statuses=STATUS_NAMES, units=units_to_choose(me()))


@bp.get(ONE)
def show(case_id: int) -> ResponseReturnValue:
    return render_template("case.html", file=case_file(case_id, me()))


@bp.post(f"{ONE}/reporter")
def reveal(case_id: int) -> ResponseReturnValue:
    """The reporter's data in clear, once, on the page that answers; the reason is in the history."""
    file = case_file(case_id, me())
    instance = reveal_reporter(file.instance_id, request.form.get("reason", ""), by=me())
    clear = personal_data(instance.case, instance.definition_id)
    return render_template("case.html", file=case_file(case_id, me()), clear=clear)
