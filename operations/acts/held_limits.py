"""A limit that would end a task whose form is handed in and waits for colleagues (加签): the form goes in as it is.

Whoever has answered in time was not silent (YL-08), whatever a colleague still owes.
"""

from datetime import datetime

from sqlalchemy import insert

from errors import InvalidForm
from models import SYSTEM, HeldForm, Notice, RecalledForm, Task, Writes, session, transactional
from operations.acts.holding import names_of, tell
from operations.acts.signing import writer_of
from operations.acts.tasks import finish, locked_task
from operations.gate.sign_rows import keep_asked, pending_signs, void


@transactional
def hand_in_held(task_id: str, at: datetime) -> None:
    """Complete the task at this moment with what is held, in its writer's name; who still owed an answer is told.

    A form that is no longer right, as a day that has passed, ends with the task, but is kept.
    """
    task = locked_task(task_id)
    held = session.get(HeldForm, task_id, populate_existing=True)
    if task is None or held is None:  # somebody was faster
        return
    _end_signs(task, at)
    session.delete(held)
    try:
        finish(task, held.values, by=writer_of(held, task), at=at)
    except InvalidForm as error:
        _keep(held, task, at, "".join(error.problems.values()))
    keep_asked(task)


def _end_signs(task: Task, at: datetime) -> None:
    silent, case = pending_signs(task.id), task.instance.case
    note = f"到期了，{names_of(silent)}没有答复，按提交的内容办"
    writes = Writes()
    for sign in silent:
        void(writes, sign, f"“{task.name}”到期了", case, at)
    tell(writes, task, "held_in", task.name, [["held", note, task.element]], by=SYSTEM, at=at)
    writes.send()


def _keep(held: HeldForm, task: Task, at: datetime, why: str) -> None:
    told = {"case_id": task.case_id, "task_id": task.id, "element": task.element, "form": task.form}
    written = {"values": held.values, "by": held.by, "at": held.at}
    session.execute(insert(RecalledForm).values(**told, **written, recalled_at=at))
    text = f"“{task.name}”到期时没有办成：{task.instance.case.title}。{why}"
    session.add(Notice(case_id=task.case_id, post=task.post, text=text, at=at))
