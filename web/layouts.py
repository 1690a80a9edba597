"""Templates of official papers: an administrator takes one home, brings it back changed, or takes an old one again."""

import io

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

import papers
from operations.house.templates import replace_template, restore_template
from papers.archive import MAX_BYTES
from queries.house.templates import edition_file, number_of, templates
from web.documents import DOCX
from web.login import me

bp = Blueprint("layouts", __name__, url_prefix="/templates")
EDITION = "/edition/<int(max=2147483647):edition_id>"


@bp.get("")
def index() -> ResponseReturnValue:
    return _page()


@bp.get(f"{EDITION}.docx")
def download(edition_id: int) -> ResponseReturnValue:
    name, content = edition_file(edition_id)
    return send_file(io.BytesIO(content), DOCX, as_attachment=True, download_name=name)


@bp.post("/<key>")
def replace(key: str) -> ResponseReturnValue:
    """What is wrong with the file stands beside the template it was meant for."""
    file = request.files.get("file")
    content = file.read(MAX_BYTES + 1) if file else b""
    if not content:
        return _page(key, "请先选择一个 Word 文档（.docx）。"), 422
    try:
        edition = replace_template(key, content, by=me())
    except papers.BadTemplate as error:
        return _page(key, str(error)), 422
    flash(f"“{papers.TEMPLATES[key].name}”模板已更换为第{number_of(edition)}版，此后出的文书按新模板；已出的不变。")
    return redirect(url_for(".index"), 303)


@bp.post(EDITION)
def restore(edition_id: int) -> ResponseReturnValue:
    edition = restore_template(edition_id, by=me())
    flash(f"“{papers.TEMPLATES[edition.key].name}”模板已恢复。")
    return redirect(url_for(".index"), 303)


def _page(wrong: str = "", problem: str = "") -> str:
    return render_template("layouts.html", templates=templates(), wrong=wrong, problem=problem)
