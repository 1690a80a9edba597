"""The page where a reporter asks how far the case is, and adds to it. Open to everybody, so guessing is slow."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.forms import Form
from errors import AppError, InvalidForm, MessageNotAccepted, NotFound
from operations import supplements
from operations.guessing import must_wait, note_wrong_query
from operations.visitors import Question, TooMany, ask
from queries.progress import Progress, progress
from queries.reporter_acts import ActPage, supplement_page
from web.errors import STATUS
from web.questions import sent
from web.typed import request_id
from web.uploads import uploaded

bp = Blueprint("query", __name__, url_prefix="/query")

TOO_MANY = "查询次数过多，请十分钟后再试。"
#: The button on the page of the progress, which opens the form.
BEGIN = "begin"


@bp.get("")
def form() -> ResponseReturnValue:
    return _page()


@bp.post("")
def show() -> ResponseReturnValue:
    address = request.remote_addr or ""
    if must_wait(address):
        return _page(problem=TOO_MANY), 429
    try:
        found = progress(request.form.get("case_no", ""), request.form.get("code", ""))
    except NotFound as error:
        note_wrong_query(address)
        return _page(problem=str(error)), 404
    return _page(found)


@bp.post("/supplement")
def supplement() -> ResponseReturnValue:
    given, files, typed = request.form.get("given", ""), uploaded(), sent()
    problems, status = {}, 422
    try:
        page = supplement_page(given)
        if BEGIN in request.form:
            return _act(page, {}, {}, ask())
        supplements.supplement(given, typed.values, files, typed.visitor(), request=request_id())
    except InvalidForm as error:
        problems = error.problems
    except TooMany as error:
        problems, status = {"": str(error)}, 429
    except (NotFound, MessageNotAccepted) as error:
        return _refused(error, supplements.FORM, typed.values)
    else:
        flash("已经收到，记入办理经过，已通知正在办理的单位。")
        return redirect(url_for(".form"), 303)
    return _act(page, typed.values, problems, *typed.next_question(problems)), status


def _page(found: Progress | None = None, problem: str = "", typed: dict[str, str] | None = None) -> str:
    return render_template("query.html", found=found, problem=problem, typed=typed or {})


def _refused(error: AppError, form: Form | None, values: dict) -> ResponseReturnValue:
    """Back to number and code; what was typed stands there to be copied."""
    typed = {each.label: values[each.key] for each in (form.inputs if form else ()) if values.get(each.key)}
    return _page(problem=str(error), typed=typed), STATUS[type(error)]


def _act(page: ActPage, values: dict, problems: dict, question: Question, answer: str = "") -> str:
    typed = {"values": values, "problems": problems, "answer": answer}
    return render_template("query_act.html", page=page, question=question, **typed)
