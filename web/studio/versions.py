"""The versions of a flow: read, taken home, brought back, and the flow retired or taken into use again."""

import io

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from errors import AppError, NotAllowed, NotFound
from operations.house.retirement import resume_flow, retire_flow
from operations.studio.rolling_back import roll_back
from queries.studio.versions import draft_archive, version_archive, versions_page
from web.login import me

bp = Blueprint("studio_versions", __name__, url_prefix="/studio")
BIG = "int(max=2147483647)"


@bp.get("/flows/<flow>/versions")
def index(flow: str) -> ResponseReturnValue:
    return _page(flow)


@bp.get(f"/versions/<{BIG}:version_id>/files.zip")
def download(version_id: int) -> Response:
    return _zip(*version_archive(version_id, me()))


@bp.get(f"/drafts/<{BIG}:draft_id>/files.zip")
def download_draft(draft_id: int) -> Response:
    return _zip(*draft_archive(draft_id, me()))


@bp.post("/flows/<flow>/roll-back")
def roll_back_to(flow: str) -> ResponseReturnValue:
    """`version` is the id of the one to go back to, `newest` of the one that the page showed as in use."""
    version, newest = (request.form.get(name, 0, type=int) for name in ("version", "newest"))
    try:
        rows = roll_back(version, _reason(), seen=newest, parameters=_taken(), basis=_basis(), by=me())
    except AppError as error:
        return _refused(flow, error)
    said = "、".join(f"“{row.name}”第 {row.version} 版" for row in rows)
    flash(f"已回退：{said}。新事项按它办理，在办的仍按原来的版本。")
    return redirect(url_for(".index", flow=flow), 303)


@bp.post("/flows/<flow>/retire")
def retire(flow: str) -> ResponseReturnValue:
    try:
        retire_flow(flow, by=me(), reason=_reason())
    except AppError as error:
        return _refused(flow, error)
    flash("已停用：不再登记新事项，在办的照常办理。")
    return redirect(url_for(".index", flow=flow), 303)


@bp.post("/flows/<flow>/resume")
def resume(flow: str) -> ResponseReturnValue:
    try:
        resume_flow(flow, by=me(), reason=_reason())
    except AppError as error:
        return _refused(flow, error)
    flash("已恢复使用。")
    return redirect(url_for(".index", flow=flow), 303)


def _reason() -> str:
    return request.form.get("reason", "")


def _taken() -> list[str]:
    """The parameters that are ticked."""
    return request.form.getlist("parameter")


def _basis() -> str:
    return request.form.get("basis", "")


def _refused(flow: str, error: AppError) -> ResponseReturnValue:
    """What is wrong stands on the page, with the reason that was typed."""
    if isinstance(error, NotFound | NotAllowed):
        raise error
    return _page(flow, str(error)), 422


def _zip(name: str, content: bytes) -> Response:
    return send_file(io.BytesIO(content), "application/zip", as_attachment=True, download_name=name)


def _page(flow: str, problem: str = "") -> str:
    page = versions_page(flow, me())
    return render_template(
        "studio/versions.html", page=page, problem=problem, typed=_reason(), taken=_taken(), basis=_basis()
    )
