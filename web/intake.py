"""Registration (登记): a receiving post puts a case in."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from errors import AppError, InvalidForm, NotAllowed
from models import Case
from operations.acts.callers import look_at_caller, phone_field
from operations.acts.cases import register_case
from operations.acts.drafts import save_registration_draft
from queries.boxes.started import rows_of
from queries.receiving.intake import RegistrationPage, registrable_flows, registration_page, retired_flows
from queries.receiving.knowledge import answers as near_answers
from queries.receiving.similar import similar_cases
from reference.matters import asked_in, typed_in
from web import errors
from web.asked import asked
from web.drafts import kept
from web.login import me
from web.typed import read_values, request_id

bp = Blueprint("intake", __name__, url_prefix="/register")


@bp.get("")
def index() -> ResponseReturnValue:
    """Which document's flow; with only one there is nothing to choose."""
    flows = registrable_flows(me())
    if len(flows) == 1:
        return redirect(url_for(".form", flow=flows[0].key), 303)
    return render_template("flows.html", flows=flows, retired=[] if flows else retired_flows(me()))


@bp.get("/<flow>")
def form(flow: str) -> ResponseReturnValue:
    page = registration_page(flow, me())
    draft = page.draft
    return _page(page, page.values | (draft.values if draft else {}), draft=draft)


@bp.post("/<flow>")
def register(flow: str) -> ResponseReturnValue:
    values = read_values()
    try:
        case = register_case(flow, values, by=me(), request=request_id())
    except InvalidForm as error:
        page = registration_page(flow, me())
        return _page(page, values | page.form.shown(page.values), error.problems), 422
    flash(_told(case))
    for line in similar_cases(case, me()):
        flash(f"登记过相似的事项，请核对是否重复，重复的在本页“关联、并案”：{line}")
    return redirect(url_for("cases.show", case_id=case.id), 303)


@bp.post("/<flow>/caller")
def caller(flow: str) -> ResponseReturnValue:
    """The same page with the caller's earlier cases beside the form; the script takes only these from it."""
    values = read_values()
    rows = rows_of(look_at_caller(flow, values, by=me()), me())
    page = registration_page(flow, me())
    return _page(page, values | page.form.shown(page.values), typed=True, earlier=rows)


@bp.post("/<flow>/answers")
def answers(flow: str) -> ResponseReturnValue:
    """The same with what the knowledge base says about what was typed."""
    page, values = registration_page(flow, me()), read_values()
    found = near_answers(typed_in(asked_in(page.form), values), me())
    return _page(page, values | page.form.shown(page.values), typed=True, found=found)


@bp.post("/<flow>/draft")
def save_draft(flow: str) -> ResponseReturnValue:
    save_registration_draft(flow, read_values(), by=me())
    return kept(url_for(".form", flow=flow))


@bp.errorhandler(NotAllowed)
def refused(error: AppError) -> ResponseReturnValue:
    """The flow was retired, or the post changed, while the form was open: what was typed, under its labels."""
    sent = asked()
    return errors.show(error, sent.form, sent.lists)


def _told(case: Case) -> str:
    number = f"，编号 {case.case_no}" if case.case_no else ""
    return f"已登记{number}，查询码 {case.query_code}，请告知反映人。" if case.query_code else f"已登记{number}。"


def _page(page: RegistrationPage, values: dict, problems: dict | None = None, **shown: Any) -> str:
    """`shown`: the draft it starts with, or what was asked for beside what is typed."""
    shown |= {"phone": phone_field(page.form), "about": [field.key for field in asked_in(page.form)]}
    return render_template("register.html", page=page, values=values, problems=problems or {}, **shown)
