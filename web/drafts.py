"""What is typed and not handed in yet: what follows when it was kept, and how it is thrown away."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from operations.acts.drafts import delete_draft
from web.login import me

bp = Blueprint("drafts", __name__, url_prefix="/drafts/<int(max=2147483647):draft_id>")


@bp.post("/delete")
def delete(draft_id: int) -> ResponseReturnValue:
    """Back to where it was asked: the form, empty again, or the box."""
    task_id, action, flow = delete_draft(draft_id, by=me())
    flash("草稿已删除。")
    if request.args.get("box"):
        return redirect(url_for("inbox.index", box="drafts"), 303)
    return redirect(_form_of(task_id, action, flow), 303)


def kept(form: str) -> ResponseReturnValue:
    """To the form again, whose address this is: there one sees what was kept."""
    flash("草稿已存，还没有提交。以后可以从“待办”里的“草稿”接着填。")
    return redirect(form, 303)


def _form_of(task_id: str, action: str, flow: str) -> str:
    if flow:
        return url_for("intake.form", flow=flow)
    if action:
        return url_for("tasks.action", task_id=task_id, event=action)
    return url_for("tasks.show", task_id=task_id)
