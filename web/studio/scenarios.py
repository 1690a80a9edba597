"""The scenarios of a draft: list, write, try."""

from dataclasses import asdict

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from errors import AppError, NotFound
from operations.studio.drafts import BadDraft, remove_file
from operations.studio.opening import readable_draft
from operations.studio.trials import stop_trials, try_scenarios
from reference.flow_drafts import draft_files
from scenarios.bench import feature_page, outcomes_now, progress_of, scenario_bench
from scenarios.checking import mistakes_in
from scenarios.known import Known
from scenarios.mending.applying import last_mend
from scenarios.mending.groups import groups_of
from scenarios.recorder import recorded
from scenarios.vocabulary import by_chapter
from scenarios.ways import coverage_of, way_of
from scenarios.writing import add_feature
from web.login import me

bp = Blueprint("studio_scenarios", __name__, url_prefix="/studio/drafts/<int(max=2147483647):draft_id>/scenarios")
FILE = "/edit/<path:file>"
#: How a trial stands, in words.
STATES = {"waiting": "正在运行", "paused": "暂停", "done": "运行完毕", "failed": "没有运行成", "stopped": "已停止"}


@bp.get("")
def index(draft_id: int) -> ResponseReturnValue:
    return _index(draft_id)


@bp.post("")
def add(draft_id: int) -> ResponseReturnValue:
    """What is wrong with the name stands beside it."""
    try:
        file = add_feature(draft_id, request.form.get("name", ""), by=me())
    except BadDraft as error:
        return _index(draft_id, str(error)), 422
    return redirect(url_for(".edit", draft_id=draft_id, file=file), 303)


@bp.post("/remove")
def remove(draft_id: int) -> ResponseReturnValue:
    try:
        remove_file(draft_id, request.form.get("file", ""), seen=request.form.get("revision", 0, type=int), by=me())
    except AppError as error:
        return _index(draft_id, str(error)), 409
    return redirect(url_for(".index", draft_id=draft_id), 303)


@bp.post("/run")
def run(draft_id: int) -> ResponseReturnValue:
    """All of them; those of `file`; the one of it that begins at `line`."""
    file, line = request.form.get("file", ""), request.form.get("line", 0, type=int)
    try_scenarios(draft_id, file=file, line=line, by=me())
    return redirect(url_for(".index", draft_id=draft_id), 303)


@bp.post("/stop")
def stop(draft_id: int) -> ResponseReturnValue:
    """After the scenario at hand; what has been tried stays."""
    stop_trials(draft_id, by=me())
    return redirect(url_for(".index", draft_id=draft_id), 303)


@bp.get("/progress")
def progress(draft_id: int) -> ResponseReturnValue:
    """How far the trial is; with `file`, how its scenarios went."""
    draft, file = readable_draft(draft_id, me()), request.args.get("file")
    went = outcomes_now(draft, file) if file else []
    outcomes = [{"line": each.line, "name": each.name, "failure": each.failure} for each in went]
    found = progress_of(draft)
    if found is None:
        return {"goes_on": False, "words": "", "outcomes": outcomes}
    return {**asdict(found), "goes_on": found.goes_on, "words": STATES[found.state], "outcomes": outcomes}


@bp.get(FILE)
def edit(draft_id: int, file: str) -> ResponseReturnValue:
    page = feature_page(draft_id, file, me())
    return render_template("studio/feature.html", page=page, file=file, label=page.label, chapters=by_chapter())


@bp.post("/check")
def check(draft_id: int) -> ResponseReturnValue:
    """The text as it is typed, in the body: what is wrong with which line."""
    known = Known(draft_files(readable_draft(draft_id, me())))
    return jsonify([asdict(each) for each in mistakes_in("", request.get_data(as_text=True), known)])


@bp.get("/way/<path:file>")
def way(draft_id: int, file: str) -> ResponseReturnValue:
    """How the cases of the scenario at `line` went, step by step on the drawings."""
    return render_template("studio/way.html", page=way_of(draft_id, file, request.args.get("line", 0, type=int), me()))


@bp.get("/coverage")
def coverage(draft_id: int) -> ResponseReturnValue:
    """`process` opens one of the drawings; the fragment names the element to look at."""
    page, opened = coverage_of(draft_id, me()), request.args.get("process", "")
    return render_template("studio/coverage.html", page=page, opened=opened)


@bp.get("/record")
def recording(draft_id: int) -> ResponseReturnValue:
    """What happened in the case `case`, as a scenario to be looked through and kept."""
    number = request.args.get("case", "").strip()
    try:
        text = recorded(draft_id, number, me())
    except NotFound as error:
        return _index(draft_id, str(error)), 404
    return _recorded(draft_id, number, f"录制{number}", text)


@bp.post("/record")
def keep_recorded(draft_id: int) -> ResponseReturnValue:
    typed = request.form
    try:
        file = add_feature(draft_id, typed.get("name", ""), by=me(), text=_lines(typed.get("text", "")))
    except BadDraft as error:
        return _recorded(draft_id, typed.get("case", ""), typed.get("name", ""), typed.get("text", ""), str(error)), 422
    return redirect(url_for(".edit", draft_id=draft_id, file=file), 303)


def _recorded(draft_id: int, number: str, name: str, text: str, problem: str = "") -> str:
    about = {"draft_id": draft_id, "number": number, "name": name, "text": text, "problem": problem}
    return render_template("studio/record.html", **about)


def _lines(text: str) -> str:
    """As a browser sends them, each with a carriage return, they would differ from what an editor saves."""
    return text.replace("\r\n", "\n")


def _index(draft_id: int, problem: str = "") -> str:
    page = scenario_bench(draft_id, me())
    told = {"groups": groups_of(page.draft), "mended": last_mend(page.draft)} if page.editable else {}
    return render_template(
        "studio/scenarios.html", page=page, states=STATES, problem=problem, typed=request.form, **told
    )
