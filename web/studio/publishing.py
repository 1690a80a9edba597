"""A draft on its way into use: what it still lacks, who approves it, and when it is published."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from config import ZONE
from errors import AppError, NotFound
from operations.studio.approving import approve_draft, refuse_draft, submit_draft, withdraw_draft
from operations.studio.drafts import BadDraft
from operations.studio.rebasing import Merging, rebase_draft
from operations.studio.trials import try_scenarios, try_version
from queries.studio.publishing import publishing_page, waiting_for
from scenarios.weighing import weighed
from web.errors import STATUS
from web.login import me
from web.studio.drafts import STATES

bp = Blueprint("studio_publishing", __name__, url_prefix="/studio/drafts/<int(max=2147483647):draft_id>/publish")


def on_the_page(act: Callable[[int], ResponseReturnValue]) -> Callable[[int], ResponseReturnValue]:
    """What is refused stands on the page itself, with the reason that was typed."""

    @wraps(act)
    def answer(draft_id: int) -> ResponseReturnValue:
        try:
            return act(draft_id)
        except NotFound:
            raise
        except AppError as error:
            return _page(draft_id, str(error)), STATUS.get(type(error), 422)

    return answer


@bp.app_template_global()
def drafts_to_approve() -> int:
    """How many wait for who is signed in; the navigation says so."""
    return len(waiting_for(me()))


@bp.get("")
def index(draft_id: int) -> ResponseReturnValue:
    return _page(draft_id)


@bp.post("/try")
@on_the_page
def try_(draft_id: int) -> ResponseReturnValue:
    try_scenarios(draft_id, by=me())
    return _back(draft_id)


@bp.post("/try-version")
@on_the_page
def try_base(draft_id: int) -> ResponseReturnValue:
    """The scenarios of the version in force, to compare what they walk."""
    try_version(draft_id, by=me())
    return _back(draft_id)


@bp.post("/rebase")
@on_the_page
def rebase(draft_id: int) -> ResponseReturnValue:
    """A field a file that both changed: mine or theirs."""
    chosen = {name.removeprefix("file:"): value for name, value in request.form.items() if name.startswith("file:")}
    seen = Merging(_revision(), request.form.get("newest", 0, type=int))
    rebase_draft(draft_id, chosen, seen=seen, by=me())
    flash("已并入新版，请核对改动，再试跑场景。")
    return _back(draft_id)


@bp.post("/submit")
@on_the_page
def submit(draft_id: int) -> ResponseReturnValue:
    submit_draft(draft_id, seen=_revision(), by=me())
    flash("已提交，等另一个人审核。")
    return _back(draft_id)


@bp.post("/withdraw")
@on_the_page
def withdraw(draft_id: int) -> ResponseReturnValue:
    withdraw_draft(draft_id, request.form.get("reason", ""), by=me())
    flash("已撤回，可以继续修改。")
    return _back(draft_id)


@bp.post("/refuse")
@on_the_page
def refuse(draft_id: int) -> ResponseReturnValue:
    refuse_draft(draft_id, request.form.get("reason", ""), by=me())
    flash("已退回修改。")
    return _back(draft_id)


@bp.post("/approve")
@on_the_page
def approve(draft_id: int) -> ResponseReturnValue:
    """At once, or where `at` is filled in at that moment by the county's clock; what the page showed and no other."""
    at = _moment(request.form.get("at", ""))
    approve_draft(draft_id, at=at, seen=_revision(), by=me())
    flash(f"已审核通过，{at:%Y-%m-%d %H:%M} 发布。" if at else "已发布：新事项按新版办理，在办的仍按原来的版本。")
    return _back(draft_id)


def _revision() -> int:
    """Of the draft that the page showed."""
    return request.form.get("revision", -1, type=int)


def _moment(text: str) -> datetime | None:
    if not text.strip():
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=ZONE)
    except ValueError:
        raise BadDraft("定时发布的时间写得不对。") from None


def _back(draft_id: int) -> ResponseReturnValue:
    return redirect(url_for(".index", draft_id=draft_id), 303)


def _page(draft_id: int, problem: str = "") -> str:
    found = publishing_page(draft_id, me())
    typed = request.form.get("reason", "")
    told = {"found": found, "page": found.page, "weighed": weighed(found.page.draft) if found.gates else None}
    return render_template("studio/publish.html", **told, states=STATES, problem=problem, typed=typed)
