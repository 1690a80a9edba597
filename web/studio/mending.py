"""Scenarios of a draft that failed for one reason: looked at together, mended together, and taken back."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from errors import AlreadyChanged, InvalidForm
from operations.studio.drafts import BadDraft
from queries.studio.drafts import draft_page
from scenarios.mending.applying import mend, take_back
from scenarios.mending.asked import asked_for, written
from scenarios.mending.plans import plan_of
from web.errors import STATUS
from web.login import me

bp = Blueprint("studio_mending", __name__, url_prefix="/studio/drafts/<int(max=2147483647):draft_id>/scenarios/mend")


@bp.get("")
def look(draft_id: int) -> ResponseReturnValue:
    """What would be written, for the group of `cause` and `about`; a form asks how the step is filled in."""
    return _look(draft_id, {})


@bp.post("")
def write(draft_id: int) -> ResponseReturnValue:
    """A field of the form each `field:<key>`; what is wrong stands beside it."""
    typed = {name.removeprefix("field:"): value for name, value in request.form.items() if name.startswith("field:")}
    cause, about = _which()
    try:
        group = plan_of(draft_page(draft_id, me()).draft, cause, about).group
        rows = written(draft_page(draft_id, me()).draft, group, typed, me())
        plan = mend(draft_id, cause, about, rows, seen=request.form.get("revision", 0, type=int), by=me())
    except InvalidForm as error:
        return _look(draft_id, typed, error.problems), 422
    except (AlreadyChanged, BadDraft) as error:
        return _look(draft_id, typed, problem=str(error)), STATUS.get(type(error), 422)
    flash(f"已改 {len(plan.files)} 个场景文件，正在重新试跑。可以整个撤销。")
    return redirect(url_for("studio_scenarios.index", draft_id=draft_id), 303)


@bp.post("/back")
def back(draft_id: int) -> ResponseReturnValue:
    """All that was written the last time."""
    try:
        take_back(draft_id, by=me())
    except AlreadyChanged as error:
        flash(str(error))
    else:
        flash("已撤销，场景和改以前一样。请重新试跑。")
    return redirect(url_for("studio_scenarios.index", draft_id=draft_id), 303)


def _which() -> tuple[str, str]:
    return request.values.get("cause", ""), request.values.get("about", "")


def _look(draft_id: int, typed: dict[str, str], problems: dict[str, str] | None = None, problem: str = "") -> str:
    page = draft_page(draft_id, me())
    plan = plan_of(page.draft, *_which())
    about = {"page": page, "plan": plan, "asked": asked_for(page.draft, plan.group, me())}
    return render_template("studio/mend.html", **about, typed=typed, problems=problems or {}, problem=problem)
