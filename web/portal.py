"""The citizens' portal: hand a matter in without an account, and read its number and code once. Plain HTML."""

from flask import Blueprint, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from errors import InvalidForm
from operations.gate.guessing import TooManyGuesses
from operations.public.portal import submit_online
from operations.public.visitors import Question, TooMany, ask
from queries.public.portal import PortalPage, offered_flows, portal_page
from web.questions import sent
from web.typed import request_id
from web.uploads import uploaded

bp = Blueprint("portal", __name__)


@bp.get("/submit")
def index() -> ResponseReturnValue:
    return render_template("portal.html", flows=offered_flows())


@bp.get("/submit/<flow>")
def form(flow: str) -> ResponseReturnValue:
    return _page(portal_page(flow), {}, {}, ask())


@bp.post("/submit/<flow>")
def submit(flow: str) -> ResponseReturnValue:
    typed, problems, status = sent(), {}, 422
    try:
        case = submit_online(flow, typed.values, uploaded(), typed.visitor(), request=request_id())
    except InvalidForm as error:
        problems = error.problems
    except (TooMany, TooManyGuesses) as error:
        problems, status = {"": str(error)}, 429
    else:
        session["submitted"] = [case.case_no, case.query_code]
        return redirect(url_for(".done"), 303)
    return _page(portal_page(flow), typed.values, problems, *typed.next_question(problems)), status


@bp.get("/submitted")
def done() -> ResponseReturnValue:
    """Shown once: the next person at this computer finds nothing."""
    number, code = session.pop("submitted", None) or ("", "")
    return render_template("submitted.html", number=number, code=code)


def _page(page: PortalPage, values: dict, problems: dict, question: Question, answer: str = "") -> str:
    typed = {"values": values, "problems": problems, "answer": answer}
    return render_template("portal_form.html", page=page, question=question, **typed)
