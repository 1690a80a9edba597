"""The citizens' portal: hand a matter in without an account, and read its number and code once. Plain HTML."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from errors import InvalidForm
from operations.guessing import must_wait, note_wrong_query
from operations.portal import submit_online
from operations.visitors import Question, TooMany, Visitor, ask, asked_again, require_patience, token_of
from queries.portal import PortalPage, offered_flows, portal_page
from web.typed import read_values, request_id
from web.uploads import uploaded

bp = Blueprint("portal", __name__)
#: Fields of the page itself. The last one nobody sees; what fills in whatever it finds is no person.
QUESTION, ANSWER, TRAP = "question", "answer", "website"
WRONG = "答案不对，请再算一次，填数字。"
OLD = "这道题过期了，请回答新的一道。"
TRAPPED = "“网址”一栏请留空。"


@bp.get("/submit")
def index() -> ResponseReturnValue:
    return render_template("portal.html", flows=offered_flows())


@bp.get("/submit/<flow>")
def form(flow: str) -> ResponseReturnValue:
    return _page(portal_page(flow), {}, {}, ask())


@bp.post("/submit/<flow>")
def submit(flow: str) -> ResponseReturnValue:
    values, address = read_values(), request.remote_addr or ""
    seal, answer, trap = (str(values.pop(key, "")) for key in (QUESTION, ANSWER, TRAP))
    again, token = asked_again(seal), token_of(seal, answer)
    problems, status = {}, 422
    try:
        if must_wait(address):  # answers are guessed as query codes are
            raise TooMany
        require_patience(Visitor(address, token))
        if trap or not token:
            if again and not trap:
                note_wrong_query(address)
            raise InvalidForm({TRAP: TRAPPED} if trap else {ANSWER: WRONG if again else OLD})
        case = submit_online(flow, values, uploaded(), Visitor(address, token), request=request_id())
    except InvalidForm as error:
        problems = error.problems
    except TooMany as error:
        problems, status = {"": str(error)}, 429
    else:
        session["submitted"] = [case.case_no, case.query_code]
        return redirect(url_for(".done"), 303)
    keep = again if again and token and ANSWER not in problems else None
    return _page(portal_page(flow), values, problems, keep or ask(), answer if keep else ""), status


@bp.get("/submitted")
def done() -> ResponseReturnValue:
    """Shown once: the next person at this computer finds nothing."""
    number, code = session.pop("submitted", None) or ("", "")
    return render_template("submitted.html", number=number, code=code)


def _page(page: PortalPage, values: dict, problems: dict, question: Question, answer: str = "") -> str:
    typed = {"values": values, "problems": problems, "answer": answer}
    return render_template("portal_form.html", page=page, question=question, **typed)
