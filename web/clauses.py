"""The clause map: a document's clauses and where each is enforced."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from errors import NotFound
from queries.house.clauses import KINDS, clause_page, documents_of
from scenarios.clauses import tried_in_scenarios
from web.login import me

bp = Blueprint("clauses", __name__, url_prefix="/clauses")


@bp.get("")
def index() -> ResponseReturnValue:
    known = {document.key: document for document in documents_of(me())}
    key = request.args.get("document", next(iter(known)))
    if key not in known:
        raise NotFound
    search = request.args.get("search", "").strip()
    page = clause_page(known[key], search, tried_in_scenarios(), me())
    return render_template("clauses.html", page=page, search=search, documents=known.values(), kinds=KINDS)
