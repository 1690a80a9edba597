"""The page where a reporter asks how far the case is, and does what the flow lets them. Open to everybody, so guessing
is slow.
"""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.forms import Form
from errors import AppError, InvalidForm, MessageNotAccepted, NotAllowed, NotFound
from operations.gate.guessing import TooManyGuesses, must_wait, note_wrong_query
from operations.public import reporter_acts, supplements
from operations.public.visitors import Question, TooMany, Visitor, ask
from queries.public.progress import Progress, progress
from queries.public.reporter_acts import ActPage, act_page, supplement_page
from web.errors import STATUS
from web.questions import sent
from web.typed import request_id
from web.uploads import uploaded

bp = Blueprint("query", __name__, url_prefix="/query")

TOO_MANY = "查询次数过多，请十分钟后再试。"
#: The button on the page of the progress, which opens the form.
BEGIN = "begin"

HandIn = Callable[[str, dict[str, Any], Visitor], None]


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
    files = uploaded()

    def hand_in(given: str, values: dict[str, Any], visitor: Visitor) -> None:
        supplements.supplement(given, values, files, visitor, request=request_id())

    done = "已经收到，记入办理经过，已通知正在办理的单位。"
    return _act(supplement_page, hand_in, done, form=supplements.FORM)


@bp.post("/act/<element>")
def act(element: str) -> ResponseReturnValue:
    """What the diagram offers: 评价, 修改评价."""

    def hand_in(given: str, values: dict[str, Any], visitor: Visitor) -> None:
        reporter_acts.act(given, element, values, visitor, request=request_id())

    return _act(lambda given: act_page(given, element), hand_in, "已经提交，记入办理经过。")


def _act(
    page_for: Callable[[str], ActPage], hand_in: HandIn, done: str, form: Form | None = None
) -> ResponseReturnValue:
    """The empty form for the button, the same again for what is wrong on it, and back to the page of the progress."""
    typed, given, page = sent(), request.form.get("given", ""), None
    try:
        page = page_for(given)
        if BEGIN in request.form:
            return _form(page, {}, {}, ask())
        hand_in(given, typed.values, typed.visitor())
    except InvalidForm as error:
        problems, status = error.problems, 422
    except (TooMany, TooManyGuesses) as error:
        problems, status = {"": str(error)}, 429
    except (NotFound, NotAllowed, MessageNotAccepted) as error:
        return _refused(error, page.form if page else form, typed.values)
    else:
        flash(done)
        return redirect(url_for(".form"), 303)
    return _form(page, typed.values, problems, *typed.next_question(problems)), status


def _page(found: Progress | None = None, problem: str = "", typed: list[tuple[str, str]] | None = None) -> str:
    return render_template("query.html", found=found, problem=problem, typed=typed or [])


def _form(page: ActPage | None, values: dict, problems: dict, question: Question, answer: str = "") -> str:
    typed = {"values": values, "problems": problems, "answer": answer}
    return render_template("query_act.html", page=page, question=question, **typed)


def _refused(error: AppError, form: Form | None, values: dict) -> ResponseReturnValue:
    """Back to number and code; what was typed stands there to be copied."""
    labels = {each.key: each.label for each in form.inputs} if form else {}
    typed = [(labels.get(key, "填写的内容"), text) for key, text in values.items() if text and isinstance(text, str)]
    return _page(problem=str(error), typed=typed), STATUS[type(error)]
