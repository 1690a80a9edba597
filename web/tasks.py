"""One task: see it, claim it, complete it, or ask for what its diagram offers."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from errors import AlreadyChanged, AppError, InvalidForm, MessageNotAccepted, NotAllowed, NotFound, TaskNotOpen
from models.task import OPEN
from operations.acts import drafts, passing_on, recalling, tasks
from operations.acts.callers import look_at_reporter
from queries.boxes.drafts import KeptDraft
from queries.boxes.started import rows_of
from queries.case.merged import with_reply
from queries.case.tasks import Action, TaskPage, action_of, passing_on_of, recalling_of, task_page
from reference.people import post_name
from web import errors, results
from web.asked import asked
from web.drafts import kept
from web.forms import Lists
from web.login import me
from web.typed import read_values, request_id

bp = Blueprint("tasks", __name__, url_prefix="/tasks/<task_id>")


@bp.get("")
def show(task_id: str) -> ResponseReturnValue:
    page = task_page(task_id, me())
    draft = page.drafts.get("")
    return _page(page, page.values | (draft.values if draft else {}), draft=draft)


@bp.post("")
def complete(task_id: str) -> ResponseReturnValue:
    values = read_values()
    try:
        done = tasks.complete_task(task_id, values, by=me(), request=request_id())
    except InvalidForm as error:
        page = task_page(task_id, me())
        return _page(page, values | page.shown, error.problems), 422
    if done.task.state == OPEN:
        flash("已提交，等请的岗位答复以后办结；时限照走。")
        return redirect(url_for(".show", task_id=task_id), 303)
    return results.after(done, done.task.element)


@bp.post("/draft")
def save_draft(task_id: str) -> ResponseReturnValue:
    drafts.save_task_draft(task_id, read_values(), by=me())
    return kept(url_for(".show", task_id=task_id))


@bp.post("/leaders-reply")
def take_reply(task_id: str) -> ResponseReturnValue:
    """The form with the reply of the case that leads in it (并案); nothing is handed in yet."""
    page, values = task_page(task_id, me()), read_values()
    if not page.may_work:
        raise NotAllowed
    filled = with_reply(page.form, page.leader, values)
    flash("主件的答复已填到表里，核对修改以后再提交。" if filled != values else "表里已经有答复，没有改动。")
    return _page(page, filled | page.shown, typed=True)


@bp.post("/caller")
def caller(task_id: str) -> ResponseReturnValue:
    """The same page with the reporter's other cases beside the form (登记网上提交)."""
    values = read_values()
    rows = rows_of(look_at_reporter(task_id, values, by=me()), me())
    page = task_page(task_id, me())
    return _page(page, values | page.shown, typed=True, earlier=rows)


@bp.post("/claim")
def claim(task_id: str) -> ResponseReturnValue:
    tasks.claim_task(task_id, by=me())
    return redirect(url_for(".show", task_id=task_id), 303)


@bp.post("/give-back")
def give_back(task_id: str) -> ResponseReturnValue:
    task = tasks.give_back_task(task_id, by=me())
    flash(f"“{task.name}”已放回，同岗位的同事可以认领。")
    return redirect(url_for("inbox.index"), 303)


@bp.get("/pass-on")
def pass_on_form(task_id: str) -> ResponseReturnValue:
    return _pass_on(task_page(task_id, me()), {})


@bp.post("/pass-on")
def pass_on(task_id: str) -> ResponseReturnValue:
    values = read_values()
    try:
        task = passing_on.pass_on_task(task_id, values, by=me(), request=request_id())
    except InvalidForm as error:
        return _pass_on(task_page(task_id, me()), values, error.problems), 422
    flash(f"“{task.name}”已转给{post_name(task.post)}，已通知对方。")
    return redirect(url_for("inbox.index"), 303)


@bp.get("/recall")
def recall_form(task_id: str) -> ResponseReturnValue:
    return _recall(task_page(task_id, me()), {})


@bp.post("/recall")
def recall(task_id: str) -> ResponseReturnValue:
    values = read_values()
    try:
        recalling.recall_step(task_id, values, by=me(), request=request_id())
    except InvalidForm as error:
        return _recall(task_page(task_id, me()), values, error.problems), 422
    flash("已撤回，填的内容都在下面，改好以后重新提交。")
    return redirect(url_for(".show", task_id=task_id), 303)


@bp.get("/actions/<event>")
def action(task_id: str, event: str) -> ResponseReturnValue:
    page = task_page(task_id, me())
    draft = page.drafts.get(event)
    return _action(page, event, draft.values if draft else {}, draft=draft)


@bp.post("/actions/<event>")
def send(task_id: str, event: str) -> ResponseReturnValue:
    values = read_values()
    try:
        done = tasks.send_message(task_id, event, values, by=me(), request=request_id())
    except InvalidForm as error:
        return _action(task_page(task_id, me()), event, values, error.problems), 422
    return results.after(done, event)


@bp.post("/actions/<event>/draft")
def save_action_draft(task_id: str, event: str) -> ResponseReturnValue:
    drafts.save_task_draft(task_id, read_values(), by=me(), action=event)
    return kept(url_for(".action", task_id=task_id, event=event))


def _page(
    page: TaskPage,
    values: dict,
    problems: dict | None = None,
    draft: KeptDraft | None = None,
    *,
    typed: bool = False,
    **shown: Any,
) -> str:
    """`typed`: what is in the form is kept nowhere yet. `shown`: what was asked for beside it."""
    given = shown | {"values": values, "problems": problems or {}, "draft": draft, "typed": typed}
    return render_template("task.html", page=page, file=page.file, **given)


def _pass_on(page: TaskPage, values: dict, problems: dict | None = None) -> str:
    action, lists = passing_on_of(page)
    return _act(page, action, lists, values=values, problems=problems or {})


def _recall(page: TaskPage, values: dict, problems: dict | None = None) -> str:
    return _act(page, recalling_of(page), {}, values=values, problems=problems or {})


def _action(
    page: TaskPage, event: str, values: dict, problems: dict | None = None, draft: KeptDraft | None = None
) -> str:
    save = url_for(".save_action_draft", task_id=page.task.id, event=event)
    action = action_of(page, event)
    typed = {"values": values | action.shown, "problems": problems or {}, "draft": draft}
    return _act(page, action, page.lists, **typed, save=save)


def _act(page: TaskPage, action: Action, lists: Lists, **typed: Any) -> str:
    return render_template("action.html", page=page, file=page.file, action=action, lists=lists, **typed)


@bp.errorhandler(TaskNotOpen)
@bp.errorhandler(AlreadyChanged)
@bp.errorhandler(MessageNotAccepted)
@bp.errorhandler(NotAllowed)
@bp.errorhandler(NotFound)
def too_late(error: AppError) -> ResponseReturnValue:
    """Somebody was faster: show what was typed under its labels, and the way to the case."""
    parts = request.view_args or {}
    try:
        page = task_page(parts["task_id"], me())
        if request.endpoint in ("tasks.pass_on", "tasks.recall"):
            sent = asked()
            return errors.show(error, sent.form, sent.lists, page)
        form = action_of(page, parts["event"]).form if "event" in parts and page.is_open else page.form
    except NotFound:  # it has gone to another post meanwhile
        sent = asked()
        return errors.show(error, sent.form, sent.lists)
    return errors.show(error, form, page.lists, page)
