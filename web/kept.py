"""What was typed when a session had ended: it goes along with the sign-in, and then it is a draft, or to be copied."""

from urllib.parse import urlsplit

from flask import current_app, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from errors import AppError
from models import Identity
from operations.acts import drafts
from web.typed import OURS, values_of

TYPED, SAID = "typed:", "said:"  # before the names of the fields, and before their labels, on the sign-in form

Pairs = list[tuple[str, str]]


def along(said: Pairs) -> Pairs:
    """The hidden fields of the sign-in form on the page that tells of the end. `said`: label and text of each."""
    sent = request.form.items(multi=True) if said else ()
    typed = [(TYPED + name, text) for name, text in sent if name not in OURS]
    return typed + [(SAID + label, text) for label, text in said]


def still_along() -> Pairs:
    """The same, when the sign-in was refused."""
    return [(name, text) for name, text in request.form.items(multi=True) if name.startswith((TYPED, SAID))]


def offer(address: str, *, by: Identity) -> ResponseReturnValue | None:
    """For who has signed in: the form at `address` with a draft of it; where there is none, all of it to be copied.

    None where nothing was typed.
    """
    said = _those(SAID)
    if not said:
        return None
    try:
        if _keep_draft(address, values_of(_those(TYPED)), by):
            flash("登录超时前填写的内容已存成草稿，就在下面，还没有提交。")
            return redirect(address, 303)
        why = "刚才填写的内容还没有提交。"
    except AppError as error:
        why = str(error)
    typed = list(said.items(multi=True))
    return render_template("error.html", message=f"已经登录。{why}", status=200, typed=typed, again=address)


def _keep_draft(address: str, values: dict, by: Identity) -> bool:
    """Whether the page at `address` is a form of a flow, whose draft was kept. Raises what the draft is refused for."""
    try:
        endpoint, parts = current_app.url_map.bind("").match(urlsplit(address).path)
    except HTTPException:
        return False
    match endpoint:
        case "tasks.show":
            drafts.save_task_draft(parts["task_id"], values, by=by)
        case "tasks.action":
            drafts.save_task_draft(parts["task_id"], values, by=by, action=parts["event"])
        case "intake.form":
            drafts.save_registration_draft(parts["flow"], values, by=by)
        case _:
            return False
    return True


def _those(mark: str) -> MultiDict[str, str]:
    pairs = ((name.removeprefix(mark), text) for name, text in still_along() if name.startswith(mark))
    return MultiDict(pairs)
