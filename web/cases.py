"""Cases: the list, one case's file, and what one does to a case without moving it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from errors import AlreadyChanged, InvalidForm, MessageNotAccepted, NotAllowed
from models.link import MERGED
from operations.acts import copies, disputing, linking, noting, urging
from operations.acts.privacy import reveal_reporter
from queries.case.cases import case_file
from queries.case.copying import CopyPage, copy_page
from queries.case.dispute_pages import DisputePage, answer_page, dispute_page
from queries.case.facts import personal_data
from queries.case.link_pages import LinkPage, link_page, unlink_page
from queries.lists.case_list import case_list, units_to_choose
from queries.lists.list_sheets import cases_file
from queries.statuses import STATUS_NAMES
from web import errors
from web.login import me
from web.sheets import list_taken
from web.typed import read_values, request_id

bp = Blueprint("cases", __name__, url_prefix="/cases")
errors.keep_typed(bp, NotAllowed, MessageNotAccepted, AlreadyChanged)
ONE = "/<int(max=2147483647):case_id>"
DISPUTED = f"{ONE}/deadlines/<int(max=2147483647):deadline_id>/dispute"
DISPUTE = f"{ONE}/disputes/<int(max=2147483647):dispute_id>"
LINK = f"{ONE}/links/<int(max=2147483647):link_id>/end"


@bp.get("")
def index() -> ResponseReturnValue:
    wanted = _wanted()
    page = case_list(me(), request.args.get("after"), wanted["search"], status=wanted["status"], unit=wanted["unit"])
    return render_template("cases.html", page=page, asked=wanted, statuses=STATUS_NAMES, units=units_to_choose(me()))


@bp.get("/cases.xlsx")
def export() -> ResponseReturnValue:
    """The list as it is narrowed."""
    wanted = _wanted()
    return list_taken("事项", cases_file(me(), wanted["search"], status=wanted["status"], unit=wanted["unit"]))


def _wanted() -> dict[str, str]:
    return {key: request.args.get(key, "").strip() for key in ("search", "status", "unit")}


@bp.get(ONE)
def show(case_id: int) -> ResponseReturnValue:
    return render_template("case.html", file=case_file(case_id, me()))


@bp.post(f"{ONE}/reporter")
def reveal(case_id: int) -> ResponseReturnValue:
    """The reporter's data in clear, once, on the page that answers; the reason is in the history."""
    file, values = case_file(case_id, me()), read_values()
    try:
        instance = reveal_reporter(file.instance_id, values, by=me())
    except InvalidForm as error:
        return render_template("case.html", file=case_file(case_id, me()), values=values, problems=error.problems), 422
    clear = personal_data(instance.case, instance.definition_id)
    return render_template("case.html", file=case_file(case_id, me()), clear=clear)


@bp.get(f"{ONE}/copy")
def copy_form(case_id: int) -> ResponseReturnValue:
    return _copy_page(case_id, {})


@bp.post(f"{ONE}/copy")
def copy(case_id: int) -> ResponseReturnValue:
    values = read_values()
    try:
        name = copies.copy_case(case_id, values, by=me(), request=request_id())
    except InvalidForm as error:
        return _copy_page(case_id, values, error.problems), 422
    flash(f"已抄送{name}，对方收到通知，可以查看这个事项。")
    return redirect(url_for(".show", case_id=case_id), 303)


@bp.post(f"{ONE}/urge")
def urge(case_id: int) -> ResponseReturnValue:
    values = read_values()
    try:
        name = urging.urge_case(case_id, values, by=me(), request=request_id())
    except InvalidForm as error:
        return render_template("case.html", file=case_file(case_id, me()), values=values, problems=error.problems), 422
    flash(f"已催办{name}，对方收到通知。")
    return redirect(url_for(".show", case_id=case_id), 303)


@bp.post(f"{ONE}/notes")
def note(case_id: int) -> ResponseReturnValue:
    values = read_values()
    try:
        noting.note_on_case(case_id, values, by=me(), request=request_id())
    except InvalidForm as error:
        return render_template("case.html", file=case_file(case_id, me()), values=values, problems=error.problems), 422
    flash("备注已写入。")
    return redirect(url_for(".show", case_id=case_id, _anchor="notes"), 303)


@bp.get(f"{ONE}/link")
def link_form(case_id: int) -> ResponseReturnValue:
    """`other`: the number of a case that was offered, to be merged into."""
    other = request.args.get("other", "")
    return _act_page(link_page(case_id, me()), {"other": other, "kind": MERGED} if other else {})


@bp.post(f"{ONE}/link")
def link(case_id: int) -> ResponseReturnValue:
    values = read_values()
    try:
        number = linking.link_cases(case_id, values, by=me(), request=request_id())
    except InvalidForm as error:
        return _act_page(link_page(case_id, me()), values, error.problems), 422
    flash(f"已与 {number} 连起来，记入两件的办理经过。")
    return redirect(url_for(".show", case_id=case_id, _anchor="links"), 303)


@bp.get(LINK)
def unlink_form(case_id: int, link_id: int) -> ResponseReturnValue:
    return _act_page(unlink_page(case_id, link_id, me()), {})


@bp.post(LINK)
def unlink(case_id: int, link_id: int) -> ResponseReturnValue:
    values = read_values()
    try:
        linking.unlink_cases(case_id, link_id, values, by=me())
    except InvalidForm as error:
        return _act_page(unlink_page(case_id, link_id, me()), values, error.problems), 422
    flash("已解除，记入两件的办理经过。")
    return redirect(url_for(".show", case_id=case_id, _anchor="links"), 303)


@bp.get(DISPUTED)
def dispute_form(case_id: int, deadline_id: int) -> ResponseReturnValue:
    return _act_page(dispute_page(case_id, deadline_id, me()), {})


@bp.post(DISPUTED)
def dispute(case_id: int, deadline_id: int) -> ResponseReturnValue:
    values = read_values()
    try:
        names = disputing.dispute_deadline(case_id, deadline_id, values, by=me(), request=request_id())
    except InvalidForm as error:
        return _act_page(dispute_page(case_id, deadline_id, me()), values, error.problems), 422
    flash(f"异议已送{names}，记入办理经过；答复以前时限照走。")
    return redirect(url_for(".show", case_id=case_id, _anchor="dues"), 303)


@bp.get(DISPUTE)
def answer_form(case_id: int, dispute_id: int) -> ResponseReturnValue:
    return _act_page(answer_page(case_id, dispute_id, me()), {})


@bp.post(DISPUTE)
def answer(case_id: int, dispute_id: int) -> ResponseReturnValue:
    values = read_values()
    try:
        disputing.answer_dispute(case_id, dispute_id, values, by=me())
    except InvalidForm as error:
        return _act_page(answer_page(case_id, dispute_id, me()), values, error.problems), 422
    flash("已答复，对方收到通知。")
    return redirect(url_for(".show", case_id=case_id), 303)


def _copy_page(case_id: int, values: dict, problems: dict | None = None) -> str:
    return _act_page(copy_page(case_id, me()), values, problems)


def _act_page(page: CopyPage | LinkPage | DisputePage, values: dict, problems: dict | None = None) -> str:
    """A form about the case, on a page of its own."""
    return render_template("case_act.html", page=page, file=page.file, values=values, problems=problems or {})
