"""After an act: what it made of the case, told on the page where one lands next.

The act's own answer only names the act: what came of it is read by the page that shows it, so that completing a task
costs no more than the completion.
"""

from flask import Flask, g, redirect, session, url_for
from flask.typing import ResponseReturnValue

from errors import NotFound
from operations.acts.tasks import Done
from queries.case.outcomes import Outcome, outcome
from web.login import me, somebody_is_signed_in


def register(app: Flask) -> None:
    app.jinja_env.globals["last_outcome"] = last_outcome


def after(done: Done, element: str) -> ResponseReturnValue:
    """On to what this person may do next in the same case, else to the inbox; `element`: what was acted on."""
    session["act"] = [done.task.id, element, me().id]  # the last one only: signing a cookie costs by its length
    if done.following:
        return redirect(url_for("tasks.show", task_id=done.following), 303)
    return redirect(url_for("inbox.index"), 303)


def last_outcome() -> Outcome | None:
    """What is to be told of the act kept for this page; nothing to anybody else, nor while the storage is away."""
    if "act" not in session or "storage_away" in g or not somebody_is_signed_in():
        return None
    task, element, by = session.pop("act")
    try:
        return outcome(task, element, me()) if me().id == by else None
    except NotFound:
        return None
