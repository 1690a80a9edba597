"""Attachments (附件): add them on the page of the case, take one, look at one."""

import io
from urllib.parse import quote

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from errors import AppError, InvalidForm, MessageNotAccepted, NotAllowed
from operations.acts.attachments import attach, take_attachment
from operations.acts.file_kinds import KINDS
from queries.case.attachments import name_to_give
from queries.case.cases import case_file
from web import errors
from web.login import me
from web.typed import request_id
from web.uploads import uploaded

bp = Blueprint("attachments", __name__)
ONE = "/attachments/<int(max=2147483647):attachment_id>"
#: What somebody uploaded runs nothing, loads nothing and is no page of ours, whatever a browser takes it for.
ALONE = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; object-src 'none'; frame-ancestors 'none'; sandbox"
)


@bp.post("/cases/<int(max=2147483647):case_id>/attachments")
def add(case_id: int) -> ResponseReturnValue:
    note = request.form.get("note", "")
    try:
        attach(case_id, uploaded(), note, by=me(), request=request_id())
    except InvalidForm as error:
        file, attaching = case_file(case_id, me()), {"note": note, "problems": error.problems}
        return render_template("case.html", file=file, attaching=attaching), 422
    flash("附件已添加，已记入办理经过。")
    return redirect(url_for("cases.show", case_id=case_id, _anchor="files"), 303)


@bp.get(ONE)
def download(attachment_id: int) -> ResponseReturnValue:
    """Each time it is taken stands in the case's history (S-04)."""
    attachment, content = take_attachment(attachment_id, by=me())
    kind = KINDS[attachment.kind]
    name = name_to_give(attachment, me())
    response = send_file(io.BytesIO(content), kind.media_type, as_attachment=True, download_name=name)
    response.headers["Content-Security-Policy"] = ALONE
    return response


@bp.get(f"{ONE}/view")
def show(attachment_id: int) -> ResponseReturnValue:
    """A picture or a PDF in a tab of its own. Each look stands in the case's history (S-04)."""
    attachment, content = take_attachment(attachment_id, by=me(), to_look=True)
    name = quote(name_to_give(attachment, me()), safe="")
    response = Response(content, mimetype=KINDS[attachment.kind].media_type)
    response.headers["Content-Security-Policy"] = ALONE
    response.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{name}"
    return response


@bp.errorhandler(NotAllowed)
@bp.errorhandler(MessageNotAccepted)
def refused(error: AppError) -> ResponseReturnValue:
    """With the way back to the case."""
    case_id = (request.view_args or {}).get("case_id")
    return errors.show(error, again=url_for("cases.show", case_id=case_id) if case_id else "")
