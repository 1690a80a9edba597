"""The editor of a draft's form: a list of fields in the browser, drawn as staff see it by the server."""

from dataclasses import asdict

from flask import Blueprint, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from errors import AppError, NotFound
from operations.studio.new_files import FORM
from operations.studio.opening import may_change
from queries.studio.drafts import draft_file, draft_page
from queries.studio.forms import look_at_form, narrowed, uses_of_form
from web.login import me
from web.studio import files

bp = Blueprint("studio_forms", __name__, url_prefix="/studio/drafts/<int(max=2147483647):draft_id>/form/<name>")


@bp.get("")
def show(draft_id: int, name: str) -> ResponseReturnValue:
    if not name.endswith(FORM):
        raise NotFound
    found = look_at_form(draft_id, name, draft_file(draft_id, name, me()).content, me())
    page, uses = draft_page(draft_id, me()), uses_of_form(draft_id, name, me())
    editable = may_change(page.draft, me())
    standing = narrowed(found.form) if found.form else []
    shown = {"title": found.form.title if found.form else name, "editable": editable}
    return render_template("studio/form.html", page=page, name=name, uses=uses, standing=standing, **shown)


@bp.post("/look")
def look(draft_id: int, name: str) -> Response:
    """The body is the form as the editor has it: what is wrong with it, and how it looks, "" while it cannot."""
    found = look_at_form(draft_id, name, request.get_data(), me(), request.args.get("at", ""))
    shown = {"form": found.form, "lists": found.lists, "values": found.values}
    html = render_template("studio/_preview.html", **shown) if found.form else ""
    return jsonify({"faults": [asdict(fault) for fault in found.faults], "html": html})


bp.register_error_handler(AppError, files.refuse)
