"""After an act: a sentence of what it made of the case, on the page where one lands next."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from models import Task
from queries.outcomes import Outcome, outcome
from web.login import me

LINES, LENGTH = 6, 200  # a cookie carries them to the next page


def after(task: Task, element: str) -> ResponseReturnValue:
    """On to what this person may do next in the same case, else to the inbox; `element`: what was acted on."""
    found = outcome(task, element, me())
    tell(found)
    if found.next_task:
        return redirect(url_for("tasks.show", task_id=found.next_task), 303)
    return redirect(url_for("inbox.index"), 303)


def tell(found: Outcome) -> None:
    lines = [text if len(text) <= LENGTH else f"{text[:LENGTH]}…" for text in found.lines[:LINES]]
    case = f"{found.case_no} {found.title}"[:LENGTH]
    said = {"text": f"“{found.name}”已提交。", "lines": lines, "case_id": found.case_id, "case": case}
    flash({**said, "answered": found.answered}, "result")  # type: ignore[arg-type] # Flask keeps what JSON can hold
