"""The diagrams, decision tables and forms of a draft: open one, add one, do without one, take the version's again."""

from collections.abc import Callable
from typing import NamedTuple

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from errors import InvalidDiagram, NotFound
from operations.studio.diagrams import add_diagram, import_diagram
from operations.studio.drafts import BadDraft, remove_file, restore_file
from operations.studio.new_files import add_form, add_table
from operations.studio.opening import may_change
from queries.studio.drafts import draft_file, draft_page
from web.login import me


class Kind(NamedTuple):
    name: str  # as queries/studio/drafts.py calls it
    editor: str  # endpoint
    add: Callable[..., str]
    example: str
    like: bool = False  # whether a new one may begin as a copy
    bring: Callable[..., str] | None = None  # takes one in from a file


KINDS = {
    "diagrams": Kind("流程图", "studio_diagrams.show", add_diagram, "xt_survey", bring=import_diagram),
    "tables": Kind("决策表", "studio_tables.show", add_table, "d20_survey"),
    "forms": Kind("表单", "studio_forms.show", add_form, "F-C-20.survey", like=True),
}
bp = Blueprint("studio_listing", __name__, url_prefix="/studio/drafts/<int(max=2147483647):draft_id>/list/<kind>")


@bp.get("")
def index(draft_id: int, kind: str) -> ResponseReturnValue:
    return _index(draft_id, kind)


@bp.post("")
def add(draft_id: int, kind: str) -> ResponseReturnValue:
    """What is wrong stands above what was typed."""
    wanted, typed, file = _kind(kind), request.form, request.files.get("file")
    key, title = typed.get("key", "").strip(), typed.get("title", "")
    more = {"like": typed.get("like", "")} if wanted.like else {}
    try:
        if file and wanted.bring:
            name = wanted.bring(draft_id, key, file.filename or "", file.read(), by=me())
        else:
            name = wanted.add(draft_id, key, title, **more, by=me())
    except (BadDraft, InvalidDiagram) as error:
        return _index(draft_id, kind, str(error)), 422
    return redirect(url_for(wanted.editor, draft_id=draft_id, name=name), 303)


@bp.post("/<name>/remove")
def remove(draft_id: int, kind: str, name: str) -> ResponseReturnValue:
    """As the page showed it: what somebody has changed since is not thrown away unseen."""
    remove_file(draft_id, name, seen=request.form.get("revision", 0, type=int), by=me())
    flash(f"已删除“{name}”。")
    return redirect(url_for(".index", draft_id=draft_id, kind=kind), 303)


@bp.post("/<name>/restore")
def restore(draft_id: int, kind: str, name: str) -> ResponseReturnValue:
    restore_file(draft_id, name, by=me())
    flash(f"“{name}”已恢复成原来的。")
    return redirect(url_for(".index", draft_id=draft_id, kind=kind), 303)


def _index(draft_id: int, kind: str, problem: str = "") -> str:
    page = draft_page(draft_id, me())
    files = sorted(page.files[_kind(kind).name], key=lambda file: file.is_shared)
    there = [file.name for file in files if file.change != "删除"]
    revisions = {name: draft_file(draft_id, name, me()).revision for name in there}
    may = may_change(page.draft, me())
    more = {"kind": _kind(kind), "word": kind, "may": may, "problem": problem, "typed": request.form}
    return render_template("studio/listing.html", page=page, files=files, revisions=revisions, **more)


def _kind(word: str) -> Kind:
    if word not in KINDS:
        raise NotFound
    return KINDS[word]
