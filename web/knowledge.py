"""The knowledge base (知识库): look things up, and write it."""

from datetime import date
from typing import Any
from uuid import uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.forms import Form
from errors import AlreadyChanged, InvalidForm, NotAllowed
from operations.acts import knowledge as writing
from queries.receiving.knowledge import LISTED, EntryPage, entries, entry_page
from queries.receiving.taught import entry_from
from web import errors
from web.login import me
from web.typed import read_values, request_id

bp = Blueprint("knowledge", __name__, url_prefix="/knowledge")
errors.keep_typed(bp, AlreadyChanged, NotAllowed)
BOTH = ["GET", "POST"]
ONE = "/<int(max=2147483647):entry_id>"


@bp.get("")
def index() -> ResponseReturnValue:
    search = request.args.get("search", "").strip()
    return render_template("knowledge.html", rows=entries(search, me()), search=search, most=LISTED)


@bp.get(ONE)
def show(entry_id: int) -> ResponseReturnValue:
    return render_template("knowledge_entry.html", page=entry_page(entry_id, me()))


@bp.route("/new", methods=BOTH)
def new() -> ResponseReturnValue:
    case = request.args.get("case", type=int)
    begun = entry_from(case, me()) if case else {}
    if request.method == "GET":
        if case and (made := writing.entry_of(case)):
            return redirect(url_for(".show", entry_id=made), 303)
        return _form(writing.NEW, begun, from_case=bool(case))
    values = read_values()
    try:
        entry_id = writing.add_entry(values, by=me(), request=request_id(), case_id=case)
    except InvalidForm as error:
        return _form(writing.NEW, values, error.problems), 422
    flash("条目已保存，登记和答复时就会推荐。")
    return redirect(url_for(".show", entry_id=entry_id), 303)


@bp.route(f"{ONE}/change", methods=BOTH)
def change(entry_id: int) -> ResponseReturnValue:
    page = entry_page(entry_id, me())
    if request.method == "GET":
        return _form(writing.CHANGE, _said(page), page=page, version=page.row.entry.number)
    values, version = read_values(), request.form.get("given", 0, type=int)
    try:
        writing.change_entry(entry_id, values, by=me(), version=version)
    except InvalidForm as error:
        return _form(writing.CHANGE, values, error.problems, page=page, version=version), 422
    flash("条目已修改，以前的版本还在下面。")
    return redirect(url_for(".show", entry_id=entry_id), 303)


def _said(page: EntryPage) -> dict[str, Any]:
    entry = page.row.entry
    day: date | None = entry.valid_until
    values = {key: getattr(entry, key) for key in (*writing.WORDS, "withdrawn")}
    return values | {"valid_until": day.isoformat() if day else None}


def _form(form: Form, values: dict[str, Any], problems: dict[str, str] | None = None, **shown: Any) -> str:
    lists = writing.unit_lists(me())
    return render_template(
        "knowledge_form.html",
        form=form,
        lists=lists,
        values=values,
        problems=problems or {},
        request_id=request_id() or uuid4().hex,
        **shown,
    )
