"""审计: what the audit administrator reads; nothing here changes anything."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from operations.gate.audit import KINDS, end_of_chain
from queries.house.audit import audit, audit_file, check_audit, check_cases
from web.login import me
from web.sheets import list_taken

bp = Blueprint("audit", __name__, url_prefix="/audit")


@bp.get("")
def index() -> ResponseReturnValue:
    asked = _asked()
    found = audit(asked["person"], asked["day"], asked["kind"], request.args.get("after"))
    return render_template("audit.html", page=found, asked=asked, kinds=KINDS)


@bp.get("/audit.xlsx")
def export() -> ResponseReturnValue:
    """The records as they are narrowed. That they were taken is one of them."""
    asked = _asked()
    return list_taken("审计记录", audit_file(me(), asked["person"], asked["day"], asked["kind"]))


@bp.get("/chain")
def chain() -> ResponseReturnValue:
    """Some of the records at a time: all of them may take hours."""
    log, cases = (request.args.get(name, 0, type=int) for name in ("log", "cases"))
    bounded = [max(0, min(number, 2**31 - 1)) for number in (log, cases)]
    checked = {"log": check_audit(bounded[0]), "cases": check_cases(bounded[1])}
    return render_template("audit_chain.html", end=end_of_chain(), **checked)


def _asked() -> dict[str, str]:
    """What narrows the list and the file."""
    return {name: request.args.get(name, "").strip() for name in ("person", "day", "kind")}
