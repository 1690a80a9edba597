"""Official papers: the register, one paper to print, its .docx, the dossier of a case."""

import io

from flask import Blueprint, render_template, request, send_file
from flask.typing import ResponseReturnValue

from operations.acts.privacy import take_dossier, take_paper
from queries.case import documents
from queries.case.dossier import dossier as dossier_of
from web.login import me

bp = Blueprint("documents", __name__, url_prefix="/documents")
ONE = "/<int(max=2147483647):document_id>"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAX_YEAR = 9998


@bp.get("")
def index() -> ResponseReturnValue:
    kind, year = request.args.get("kind", ""), request.args.get("year", type=int)
    if year is not None and not 1 < year < MAX_YEAR:
        year = None
    page = documents.register(me(), kind=kind, year=year, after=request.args.get("after"))
    return render_template(
        "documents.html", page=page, kind=kind, year=year, kinds=documents.kinds(me()), years=documents.years(me())
    )


@bp.get(ONE)
def show(document_id: int) -> ResponseReturnValue:
    return render_template("document.html", view=documents.paper_view(document_id, me()))


@bp.get(f"{ONE}.docx")
def download(document_id: int) -> ResponseReturnValue:
    """Each time it is taken stands in the case's history (S-04)."""
    name, content = documents.paper_file(document_id, me())
    take_paper(document_id, by=me())
    return send_file(io.BytesIO(content), DOCX, as_attachment=True, download_name=name)


@bp.get("/case/<int(max=2147483647):case_id>.zip")
def dossier(case_id: int) -> ResponseReturnValue:
    """Each time it is taken stands in the case's history (S-04)."""
    name, content = dossier_of(case_id, me())
    take_dossier(case_id, by=me())
    return send_file(io.BytesIO(content), "application/zip", as_attachment=True, download_name=name)
