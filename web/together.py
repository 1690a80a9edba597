"""转办 and 抄送 of the tasks that were ticked in the inbox: one form for all, and what became of each."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from uuid import uuid4

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.forms import Form
from errors import InvalidForm
from models import Identity
from operations.acts import copies, passing_on, together
from operations.gate.held_posts import ChosenPost, choices_of
from queries.boxes.inbox import names_of
from web.inbox import show, told
from web.login import me
from web.typed import read_values, request_id

bp = Blueprint("together", __name__, url_prefix="/together")


@dataclass(frozen=True)
class Act:
    """`send`: the endpoint that its form is handed in to; `posts`: whom it may go to."""

    form: Form
    send: str
    each: Callable[..., Mapping[str, str]]
    posts: Callable[[Iterable[str], Identity], list[ChosenPost]]


PASS_ON = Act(passing_on.FORM, "together.pass_on", together.pass_on_each, together.posts_to_pass_on)
COPY = Act(copies.FORM, "together.copy", together.copy_each, lambda _, by: copies.posts_of_county(by))


@bp.post("/pass-on/form")
def pass_on_form() -> ResponseReturnValue:
    return _ask(PASS_ON)


@bp.post("/pass-on")
def pass_on() -> ResponseReturnValue:
    return _act(PASS_ON)


@bp.post("/copy/form")
def copy_form() -> ResponseReturnValue:
    return _ask(COPY)


@bp.post("/copy")
def copy() -> ResponseReturnValue:
    return _act(COPY)


def _ask(act: Act) -> str:
    """The form for all that were ticked; nothing is done yet."""
    tasks = together.chosen(request.form.getlist("task"))
    return _form(act, tasks) if tasks else show("mine", told=told(act.form.title, {}))


def _act(act: Act) -> ResponseReturnValue:
    """Sent again, it does nothing twice (P3)."""
    tasks, values = together.chosen(request.form.getlist("task")), read_values()
    try:
        became = act.each(tasks, values, by=me(), request=request_id())
    except InvalidForm as error:
        return _form(act, tasks, values, error.problems), 422
    return show("mine", told=told(act.form.title, became))


def _form(act: Act, tasks: list[str], values: Mapping | None = None, problems: Mapping | None = None) -> str:
    return render_template(
        "together.html",
        act=act.form,
        names=names_of(tasks, me()),
        send=url_for(act.send),
        lists={"posts": choices_of(act.posts(tasks, me()))},
        tasks=[("task", task_id) for task_id in tasks],
        values=values or {},
        problems=problems or {},
        request_id=request_id() or uuid4().hex,
    )
