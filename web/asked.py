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
    sending_back,
    signing,
    urging,
)
from operations.acts.steps_back import step_name
from operations.gate.submissions import choice_lists
from operations.house import displacing, operating, variables
from operations.people import handing_over, staffing, substitution, units
from operations.public import supplements
from queries.case.tasks import form_of_task
from queries.public.portal import portal_page
from queries.receiving.intake import form_of_flow
from reference.people import post_name
from web.forms import Lists
from web.login import me, somebody_is_signed_in

#: What is sent where: the form, and the page that it stands on, whose address has the same parts.
FORMS: dict[str, tuple[Form, str]] = {
    "query.supplement": (supplements.FORM, "query.form"),
    "tasks.pass_on": (passing_on.FORM, "tasks.pass_on_form"),
    "tasks.recall": (recalling.FORM, "tasks.recall_form"),
    "sending_back.send": (sending_back.FORM, "sending_back.form"),
    "together.pass_on": (passing_on.FORM, "inbox.index"),
    "together.copy": (copies.FORM, "inbox.index"),
    "signs.withdraw": (signing.WITHDRAW, "signs.withdraw_form"),
    "signs.answer": (signing.CONFIRM, "signs.show"),
    "cases.copy": (copies.FORM, "cases.copy_form"),
    "cases.reveal": (privacy.FORM, "cases.show"),
    "cases.urge": (urging.FORM, "cases.show"),
    "cases.note": (noting.FORM, "cases.show"),
    "cases.dispute": (disputing.DISPUTE, "cases.dispute_form"),
    "cases.answer": (disputing.ANSWER, "cases.answer_form"),
    "cases.link": (linking.FORM, "cases.link_form"),
    "cases.unlink": (linking.END, "cases.unlink_form"),
    "meetings.call": (meetings.CALL, "meetings.index"),
    "meetings.change": (meetings.CHANGE, "meetings.show"),
    "meetings.answer": (attending.ANSWER, "meetings.show"),
    "meetings.sign_in": (attending.SIGN_IN, "meetings.sign_in_form"),
    "studio_operating.suspend": (operating.SUSPEND, "studio_operating.suspend_form"),
    "studio_operating.resume": (operating.RESUME, "studio_operating.resume_form"),
    "studio_operating.move": (displacing.FORM, "studio_operating.move_form"),
    "studio_operating.variable": (variables.FORM, "studio_operating.variable_form"),
    "desk.draw": (rechecks.DRAW, "desk.rechecks"),
    "organisation.new_unit": (units.NEW_UNIT, "organisation.new_unit"),
    "organisation.change_unit": (units.CHANGE_UNIT, "organisation.change_unit"),
    "organisation.new_post": (units.NEW_POST, "organisation.new_post"),
    "organisation.put_in": (staffing.PUT_IN, "organisation.put_in"),
    "organisation.new_person": (staffing.NEW_PERSON, "organisation.new_person"),
    "organisation.give_post": (staffing.GIVE_POST, "organisation.give_post"),
    "organisation.substitute": (substitution.FORM, "organisation.substitute"),
    "organisation.hand_over": (handing_over.FORM, "organisation.hand_over"),
}


#: What is sent with the form of a task on it.
ON_A_TASK = {f"tasks.{act}" for act in ("complete", "save_draft", "take_reply", "caller", "claim", "give_back")}


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
            case str(name) if name in ON_A_TASK:
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
            case "query.act":
                form, again = None, url_for("query.form")
            case "signs.ask":
                form = signing.DELEGATE if parts["how"] == "delegate" else signing.SIGN
                again = url_for("signs.ask_form", **parts)
            case "desk.urge":
                form, again = urging.FORM, url_for("desk.index", tab=request.args.get("tab"))
            case "desk.record":
                form = rechecks.FINDING
                again = url_for("desk.recheck", draw_id=parts["draw_id"], item=parts["recheck_id"])
            case str(name) if name in FORMS:
                form, page = FORMS[name]
                again = url_for(page, **parts)
            case _:
                return Asked()
    except NotFound:
        return Asked()
    return Asked(form, _lists(form, by), again)


def _lists(form: Form | None, by: Identity) -> Lists:
    """What could be chosen on the form; of posts and steps the one that was, by its name."""
    names = form.lists if form else frozenset()
    key = request.form.get("to", "")
    posts = {"posts": [Choice(key, post_name(key))]} if "posts" in names else {}
    steps = {"steps": [Choice(key, step_name(key, by))]} if "steps" in names else {}
    return choice_lists(by, names) | posts | steps
