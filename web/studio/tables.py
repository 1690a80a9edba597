"""The editor of a draft's decision table: drawn by dmn-js, checked and tried by the server."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from errors import AppError, NotFound
from operations.studio.opening import may_change
from queries.studio.drafts import draft_file, draft_page
from queries.studio.file_titles import file_title
from queries.studio.table_sheets import bring_in, table_sheet
from queries.studio.tables import look_at_table
from web.login import me
from web.sheets import sheet_file
from web.studio import files

bp = Blueprint("studio_tables", __name__, url_prefix="/studio/drafts/<int(max=2147483647):draft_id>/table/<name>")


@bp.get("")
def show(draft_id: int, name: str) -> ResponseReturnValue:
    if not name.endswith(".dmn"):
        raise NotFound
    title = file_title(name, draft_file(draft_id, name, me()).content)
    page = draft_page(draft_id, me())
    editable = may_change(page.draft, me())
    return render_template("studio/table.html", page=page, name=name, title=title, editable=editable)


@bp.post("/look")
def look(draft_id: int, name: str) -> Response:
    """{content, decision, typed: {key: text}} → what is wrong with the table, what it asks for, what it answers."""
    sent: Any = request.get_json(silent=True)
    sent = sent if isinstance(sent, dict) else {}
    typed = sent.get("typed")
    texts = {key: str(text) for key, text in typed.items()} if isinstance(typed, dict) else {}
    content, decision = str(sent.get("content", "")).encode(errors="replace"), str(sent.get("decision", ""))
    return jsonify(asdict(look_at_table(draft_id, name, content, decision, texts, me())))


@bp.get("/sheet")
def export(draft_id: int, name: str) -> ResponseReturnValue:
    """As it was last saved."""
    called, content = table_sheet(draft_id, name, request.args.get("decision", ""), me())
    return sheet_file(f"{called}.xlsx", content)


@bp.post("/sheet")
def bring(draft_id: int, name: str) -> Response:
    """What a workbook makes of the table that the editor has; nothing is saved."""
    sheet, content = request.files.get("sheet"), request.files.get("content")
    if sheet is None or content is None:
        raise NotFound("请先选择一个 Excel 表格（.xlsx）。")
    decision = request.form.get("decision", "")
    return jsonify(asdict(bring_in(draft_id, name, content.read(), decision, sheet.read(), me())))


bp.register_error_handler(AppError, files.refuse)
