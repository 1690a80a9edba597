"""The flows of a county with their drafts, and the page of one draft."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from operations.studio.drafts import KINDS, BadDraft, begin_draft, discard_draft, rename_draft
from queries.studio.drafts import draft_page, families
from queries.studio.publishing import news, waiting_for
from web.login import me

bp = Blueprint("studio", __name__, url_prefix="/studio")
ONE = "/drafts/<int(max=2147483647):draft_id>"
#: How far a draft has come, in words.
STATES = {
    "editing": "在改",
    "submitted": "待审核",
    "scheduled": "已审核，定时发布",
    "published": "已发布",
    "discarded": "已作废",
}


@bp.get("")
def index() -> ResponseReturnValue:
    return _index()


@bp.post("/drafts")
def begin() -> ResponseReturnValue:
    """What is wrong with the name stands beside it."""
    flow, name = request.form.get("flow", ""), request.form.get("name", "")
    try:
        draft = begin_draft(flow, name, by=me())
    except BadDraft as error:
        return _index({"flow": flow, "name": name, "why": str(error)}), 422
    return redirect(url_for(".show", draft_id=draft.id), 303)


@bp.get(ONE)
def show(draft_id: int) -> ResponseReturnValue:
    return _show(draft_id)


@bp.post(f"{ONE}/name")
def rename(draft_id: int) -> ResponseReturnValue:
    try:
        rename_draft(draft_id, request.form.get("name", ""), by=me())
    except BadDraft as error:
        return _show(draft_id, str(error)), 422
    return redirect(url_for(".show", draft_id=draft_id), 303)


@bp.post(f"{ONE}/discard")
def discard(draft_id: int) -> ResponseReturnValue:
    try:
        discard_draft(draft_id, request.form.get("reason", ""), by=me())
    except BadDraft as error:
        return _show(draft_id, str(error)), 422
    flash("草稿已作废，内容仍可查看。")
    return redirect(url_for(".index"), 303)


def _index(refused: dict[str, str] | None = None) -> str:
    return render_template(
        "studio/index.html",
        families=families(me()),
        news=news(me()),
        to_approve=waiting_for(me()),
        kinds=KINDS,
        states=STATES,
        refused=refused or {},
    )


def _show(draft_id: int, problem: str = "") -> str:
    page = draft_page(draft_id, me())
    return render_template("studio/draft.html", page=page, states=STATES, kinds=KINDS, problem=problem)
