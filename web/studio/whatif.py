"""推演: what would have come of real cases under a draft or other parameters."""

from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from errors import AppError, NotAllowed, NotFound
from operations.studio.whatif import PERIODS, start_what_if, stop_what_if
from queries.house.parameter_words import UNITS, shown, typed
from queries.pages import read_id
from scenarios.whatif.form import WhatIfForm, what_if_form
from scenarios.whatif.page import WhatIfPage, what_if_line, what_if_page
from scenarios.whatif.verdicts import NAMES, STUCK
from web.access import may_open
from web.login import me

bp = Blueprint("what_if", __name__, url_prefix="/studio/whatif")
JOB = "/<int(max=2147483647):job_id>"
BOX = "value:"  # before the key, in the name of a box
STATES = {"waiting": "正在推演", "paused": "暂停", "done": "推演完毕", "failed": "没有推演成", "stopped": "已停止"}
QUARTER = 92  # days, unless somebody asks for others


@bp.get("")
def index() -> ResponseReturnValue:
    return _form()


@bp.post("")
def start() -> ResponseReturnValue:
    """What is wrong stands on the page itself, with all that was chosen and typed."""
    draft, days = request.form.get("draft", 0, type=int), request.form.get("days", 0, type=int)
    form = what_if_form(request.form.get("flow", ""), draft or None, me())
    try:
        job = start_what_if(form.flow, draft or None, _values(form), days, by=me())
    except (NotFound, NotAllowed):
        raise
    except AppError as error:
        return _form(str(error)), 422
    return redirect(url_for(".show", job_id=job.id), 303)


@bp.get(JOB)
def show(job_id: int) -> ResponseReturnValue:
    page, verdict = what_if_page(job_id, me()), request.args.get("verdict", "")
    chosen = verdict if verdict in NAMES else next((each for each in NAMES if page.numbers[each]), STUCK)
    found = page.listed(chosen, read_id(request.args.get("after")))
    shows: dict[str, Any] = {"states": STATES, "verdicts": NAMES, "chosen": chosen, "cases": found}
    return render_template("studio/whatif_job.html", page=page, drawn=_drawn(page), **shows)


@bp.get(f"{JOB}/now")
def now(job_id: int) -> ResponseReturnValue:
    line = what_if_line(job_id, me())
    return jsonify(done=line.done, total=line.total, words=STATES[line.state], goes_on=line.goes_on)


@bp.post(f"{JOB}/stop")
def stop(job_id: int) -> ResponseReturnValue:
    stop_what_if(job_id, by=me())
    flash("已停止，推演过的结果还在。")
    return redirect(url_for(".show", job_id=job_id), 303)


def _form(problem: str = "") -> str:
    asked = request.values
    form = what_if_form(asked.get("flow", ""), asked.get("draft", type=int) or None, me())
    shows: dict[str, Any] = {"periods": PERIODS, "states": STATES, "units": UNITS, "shown": shown, "box": BOX}
    return render_template(
        "studio/whatif.html",
        form=form,
        problem=problem,
        texts={name.removeprefix(BOX): text for name, text in asked.items() if name.startswith(BOX)},
        chosen={"draft": asked.get("draft", 0, int), "days": asked.get("days", QUARTER, int)},
        **shows,
    )


def _values(form: WhatIfForm) -> dict[str, Any]:
    """The boxes in which something else stands than what is in force."""
    boxes = {row.key: (row.value, request.form.get(f"{BOX}{row.key}", "").strip()) for row in form.parameters}
    found = {key: typed(text, value) for key, (value, text) in boxes.items() if text and text != shown(value)}
    return {key: value for key, value in found.items() if value != boxes[key][0]}


def _drawn(page: WhatIfPage) -> dict[str, Any]:
    """What the script paints: the drawings, and by element how many cases passed it before and after."""
    drawing = "flows.whole" if may_open("flows.whole") else "flows.diagram"
    return {
        "diagrams": [
            url_for("studio_files.read", draft_id=page.draft.id, name=each.file)
            if page.draft and each.file
            else url_for(drawing, definition_id=page.version.id, process=each.process)
            for each in page.drawings
        ],
        "passed": page.heat,
    }
