"""What the address of a request asks for: the form that was sent there, for pages that give typed text back.

The person may be signed out by now, so nothing here asks more of them than the words on the form.
"""

from dataclasses import dataclass

from flask import request, url_for

from engine.forms import Choice, Form
from errors import NotFound
from models import SYSTEM, Identity
from operations.acts import (
    attending,
    copies,
    disputing,
    linking,
    meetings,
    noting,
    passing_on,
    privacy,
    recalling,
    rechecks,
    signing,
    urging,
)
from operations.gate.submissions import choice_lists
from operations.people import handing_over, staffing, substitution, units
from operations.public import supplements
from queries.case.tasks import form_of_task
from queries.public.portal import portal_page
from queries.receiving.intake import form_of_flow
from reference.people import post_name
from web.forms import Lists
from web.login import me, somebody_is_signed_in

#: Of the pages for units and people: each form stands where it is sent to.
OF_ORGANISATION = {
    "organisation.new_unit": units.NEW_UNIT,
    "organisation.change_unit": units.CHANGE_UNIT,
    "organisation.new_post": units.NEW_POST,
    "organisation.put_in": staffing.PUT_IN,
    "organisation.new_person": staffing.NEW_PERSON,
    "organisation.give_post": staffing.GIVE_POST,
    "organisation.substitute": substitution.FORM,
    "organisation.hand_over": handing_over.FORM,
}


@dataclass(frozen=True)
class Asked:
    """`again` is the address of the page that the form stands on; "" where there is none."""

    form: Form | None = None
    lists: Lists | None = None
    again: str = ""


def asked() -> Asked:
    """Of this request. What is no form of a task or a registration is asked for nothing."""
    parts = request.view_args or {}
    by = me() if somebody_is_signed_in() else SYSTEM
    form: Form | None
    try:
        match request.endpoint:
            case "tasks.complete" | "tasks.save_draft" | "tasks.take_reply" | "tasks.claim" | "tasks.give_back":
                form = form_of_task(parts["task_id"], by=by)
                again = url_for("tasks.show", **parts)
            case "tasks.send" | "tasks.save_action_draft":
                form = form_of_task(parts["task_id"], parts["event"], by=by)
                again = url_for("tasks.action", **parts)
            case "intake.register" | "intake.save_draft":
                form = form_of_flow(parts["flow"])
                again = url_for("intake.form", **parts)
            case "portal.submit":
                form, again = portal_page(parts["flow"]).form, url_for("portal.form", **parts)
            case "query.supplement":
                form, again = supplements.FORM, url_for("query.form")
            case "query.act":
                form, again = None, url_for("query.form")
            case "tasks.pass_on":
                form, again = passing_on.FORM, url_for("tasks.pass_on_form", **parts)
            case "tasks.recall":
                form, again = recalling.FORM, url_for("tasks.recall_form", **parts)
            case "signs.ask":
                form = signing.DELEGATE if parts["how"] == "delegate" else signing.SIGN
                again = url_for("signs.ask_form", **parts)
            case "signs.withdraw":
                form, again = signing.WITHDRAW, url_for("signs.withdraw_form", **parts)
            case "signs.answer":
                form, again = signing.CONFIRM, url_for("signs.show", **parts)
            case "cases.copy":
                form, again = copies.FORM, url_for("cases.copy_form", **parts)
            case "cases.reveal":
                form, again = privacy.FORM, url_for("cases.show", **parts)
            case "together.pass_on":
                form, again = passing_on.FORM, url_for("inbox.index")
            case "together.copy":
                form, again = copies.FORM, url_for("inbox.index")
            case "cases.urge":
                form, again = urging.FORM, url_for("cases.show", **parts)
            case "cases.dispute":
                form, again = disputing.DISPUTE, url_for("cases.dispute_form", **parts)
            case "cases.answer":
                form, again = disputing.ANSWER, url_for("cases.answer_form", **parts)
            case "cases.link":
                form, again = linking.FORM, url_for("cases.link_form", **parts)
            case "cases.unlink":
                form, again = linking.END, url_for("cases.unlink_form", **parts)
            case "meetings.call":
                form, again = meetings.CALL, url_for("meetings.index")
            case "meetings.change":
                form, again = meetings.CHANGE, url_for("meetings.show", **parts)
            case "meetings.answer":
                form, again = attending.ANSWER, url_for("meetings.show", **parts)
            case "meetings.sign_in":
                form, again = attending.SIGN_IN, url_for("meetings.sign_in_form")
            case "cases.note":
                form, again = noting.FORM, url_for("cases.show", **parts)
            case "desk.urge":
                form, again = urging.FORM, url_for("desk.index", tab=request.args.get("tab"))
            case "desk.draw":
                form, again = rechecks.DRAW, url_for("desk.rechecks")
            case "desk.record":
                form, again = (
                    rechecks.FINDING,
                    url_for("desk.recheck", draw_id=parts["draw_id"], item=parts["recheck_id"]),
                )
            case str(name) if name in OF_ORGANISATION:
                form, again = OF_ORGANISATION[name], url_for(name, **parts)
            case _:
                return Asked()
    except NotFound:
        return Asked()
    return Asked(form, _lists(form, by), again)


def _lists(form: Form | None, by: Identity) -> Lists:
    """What could be chosen on the form; of posts the one that was, by its name."""
    names = form.lists if form else frozenset()
    key = request.form.get("to", "")
    posts = {"posts": [Choice(key, post_name(key))]} if "posts" in names else {}
    return choice_lists(by, names) | posts
