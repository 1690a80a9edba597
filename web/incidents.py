"""What has failed and waits for an operator."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from errors import NotTheSameFlow
from operations.incidents import retry_incident, retry_with_newest
from queries.incidents import open_incidents
from queries.vacancies import vacancies
from web.login import me

bp = Blueprint("incidents", __name__, url_prefix="/incidents")
NONE: Mapping[str, Any] = {}
ONE = "/<int(max=2147483647):incident_id>"


@bp.get("")
def index() -> ResponseReturnValue:
    return _page()


@bp.post(f"{ONE}/retry")
def retry(incident_id: int) -> ResponseReturnValue:
    retry_incident(incident_id, by=me())
    return _tried()


@bp.post(f"{ONE}/newest")
def newest(incident_id: int) -> ResponseReturnValue:
    """Again, under the newest version of the flow; a reason that was typed stays where it is refused."""
    reason = request.form.get("reason", "")
    try:
        retry_with_newest(incident_id, reason, by=me())
    except NotTheSameFlow as error:
        refused = {"id": incident_id, "reason": reason, "why": str(error)}
        return _page(refused), 422
    return _tried()


def _page(refused: Mapping[str, Any] = NONE) -> str:
    return render_template("incidents.html", incidents=open_incidents(), vacancies=vacancies(), refused=refused)


def _tried() -> ResponseReturnValue:
    flash("已重试。若仍然失败，会再次出现在这里。")
    return redirect(url_for(".index"), 303)
