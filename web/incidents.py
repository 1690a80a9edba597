"""What has failed and waits for an operator."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from operations.incidents import retry_incident
from queries.incidents import open_incidents
from web.login import me

bp = Blueprint("incidents", __name__, url_prefix="/incidents")


@bp.get("")
def index() -> ResponseReturnValue:
    return render_template("incidents.html", incidents=open_incidents())


@bp.post("/<int(max=2147483647):incident_id>/retry")
def retry(incident_id: int) -> ResponseReturnValue:
    retry_incident(incident_id, by=me())
    flash("已重试。若仍然失败，会再次出现在这里。")
    return redirect(url_for(".index"), 303)
