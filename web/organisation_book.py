"""组织与人员 › 导入导出: the organisation as an Excel file, and the way back, seen before it is done."""

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeSerializer

from operations.gate.audit import note_taken
from operations.people.organisation_book import Book, look_at, read_book, take_over
from papers.archive import MAX_BYTES
from papers.sheets import BadSheets, Line
from queries.house.clock import local_now
from queries.house.organisation_book import empty_template, organisation_file
from web.login import me
from web.sheets import sheet_file

bp = Blueprint("organisation_book", __name__, url_prefix="/organisation/excel")
MOST_TO_SEND = 400_000  # characters: Werkzeug takes no field of more than 500 kB
STALE = "这一页已经失效，没有导入；请重新上传文件、核对后再确认。"


@bp.get("")
def index() -> ResponseReturnValue:
    return _page()


@bp.get("/organisation.xlsx")
def export() -> ResponseReturnValue:
    content = organisation_file()
    note_taken("组织与人员", by=me())
    return sheet_file(f"组织与人员_{local_now():%Y%m%d}.xlsx", content)


@bp.get("/template.xlsx")
def template() -> ResponseReturnValue:
    return sheet_file("组织与人员_模板.xlsx", empty_template())


@bp.post("")
def look() -> ResponseReturnValue:
    """What the file would change. It travels on the page that answers, signed, until it is confirmed."""
    file = request.files.get("file")
    content = file.read(MAX_BYTES + 1) if file else b""
    if not content:
        return _page("请先选择一个 Excel 表格（.xlsx）。"), 422
    try:
        book = read_book(content)
        outcome = look_at(book, by=me())
        sent = _signed().dumps([me().id, outcome.digest, _plain(book)])
        if len(sent) > MOST_TO_SEND:
            raise BadSheets("文件里的内容太多，请分成几个文件导入。")
    except BadSheets as error:
        return _page(str(error)), 422
    return render_template("organisation_book_look.html", outcome=outcome, sent=sent)


@bp.post("/confirm")
def confirm() -> ResponseReturnValue:
    """The page that answers shows the passwords of new people, this once."""
    try:
        who, seen, rows = _signed().loads(request.form.get("book", ""))
    except BadSignature:
        return _page(STALE), 409
    if who != me().id:
        return _page(STALE), 409
    book = {sheet: [Line(number, texts) for number, texts in lines] for sheet, lines in rows.items()}
    return render_template("organisation_book_done.html", outcome=take_over(book, seen, by=me()))


def _signed() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="organisation book")


def _plain(book: Book) -> dict[str, list]:
    return {sheet: [[line.number, line.texts] for line in lines] for sheet, lines in book.items()}


def _page(problem: str = "") -> str:
    return render_template("organisation_book.html", problem=problem)
