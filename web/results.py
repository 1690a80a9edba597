"""After an act: what it made of the case, told on the page where one lands next.

The act's own answer only names the act: what came of it is read by the page that shows it, so that completing a task
costs no more than the completion.
"""

from flask import Flask, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from errors import NotFound
from operations.tasks import Done
from queries.outcomes import Outcome, outcome
from web.login import me, somebody_is_signed_in


def register(app: Flask) -> None:
    app.jinja_env.globals["outcome_of"] = outcome_of


def after(done: Done, element: str) -> ResponseReturnValue:
    """On to what this person may do next in the same case, else to the inbox; `element`: what was acted on."""
    flash({"task": done.task.id, "element": element, "by": me().id}, "result")  # type: ignore[arg-type] # kept as JSON
    if done.following:
        return redirect(url_for("tasks.show", task_id=done.following), 303)
    return redirect(url_for("inbox.index"), 303)


def outcome_of(act: dict) -> Outcome | None:
    """What is to be told of an act kept for the next page; nothing to anybody else, nor while the storage is away."""
    if "storage_away" in g or not somebody_is_signed_in() or me().id != act["by"]:
        return None
    try:
        return outcome(act["task"], act["element"], me())
    except NotFound:
        return None
