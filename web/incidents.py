"""What has failed and waits for an operator."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from errors import NotTheSameFlow
from models import Incident
from operations.house.incidents import LATER, retry_incident, retry_with_newest
from queries.house.incidents import open_incidents, suspended_cases
from queries.house.vacancies import vacancies
from web.login import me

bp = Blueprint("incidents", __name__, url_prefix="/incidents")
NONE: Mapping[str, Any] = {}
ONE = "/<int(max=2147483647):incident_id>"


@bp.get("")
def index() -> ResponseReturnValue:
    return _page()


@bp.post(f"{ONE}/retry")
def retry(incident_id: int) -> ResponseReturnValue:
    return _tried(retry_incident(incident_id, by=me()))


@bp.post(f"{ONE}/newest")
def newest(incident_id: int) -> ResponseReturnValue:
    """Again, under the newest version of the flow; a reason that was typed stays where it is refused."""
    reason = request.form.get("reason", "")
    try:
        incident = retry_with_newest(incident_id, reason, by=me())
    except NotTheSameFlow as error:
        refused = {"id": incident_id, "reason": reason, "why": str(error)}
        return _page(refused), 422
    return _tried(incident)


def _page(refused: Mapping[str, Any] = NONE) -> str:
    waits = {"incidents": open_incidents(), "suspended": suspended_cases(), "vacancies": vacancies()}
    return render_template("incidents.html", **waits, refused=refused)


def _tried(incident: Incident) -> ResponseReturnValue:
    """What is sent to the outside world, or done by the ticker, has its turn only after this."""
    if incident.resolved_at is None:
        flash("重试后仍然出错，原因写在下面，还没有解决。", "warn")
    elif incident.kind in LATER:
        flash("已重新排上，稍后办理。若仍然失败，会再次出现在这里。")
    else:
        flash("重试成功，这个异常已经解决。")
    return redirect(url_for(".index"), 303)
