"""Answers that count only with a paper beside them: what is approved in writing is approved by the file (TZ-A12)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from engine.forms import Form
from errors import InvalidForm
from models import Attachment, Task, Unit, session, unit_of

NEEDS_FILE = "needsFile"  # what has to be attached, as people call it: 书面批示


def refuse_without_file(form: Form, task_id: str | None, clean: Mapping[str, Any]) -> None:
    """Hold each answered field to its `needsFile`: the unit of the task has added a file to the case since the task
    waits. Raises InvalidForm at the field, so that what was typed stays.
    """
    held = [field for field in form.inputs if NEEDS_FILE in field.properties and clean.get(field.key) not in (None, "")]
    if not held or (task_id and _has_added(task_id)):
        return
    words = "须附{0}：先在事项页“附件”里添加{0}的扫描件或者电子件，再提交（填的内容可以先存草稿）。"
    raise InvalidForm({field.key: words.format(field.properties[NEEDS_FILE]) for field in held})


def _has_added(task_id: str) -> bool:
    task = session.get_one(Task, task_id)
    unit = session.scalar(select(Unit.name).where(Unit.code == unit_of(task.post)))
    mine = (Attachment.case_id == task.case_id) & Attachment.from_reporter.is_(False)
    theirs = Attachment.by.endswith(f"（{unit}）", autoescape=True)  # as actor() writes it
    added = select(Attachment.id).where(mine, theirs, Attachment.at >= task.created_at)
    return session.scalar(added.limit(1)) is not None
