"""Who may not do a task because of what they did before: an appeal is not heard by who judged first (XT-A6)."""

from sqlalchemy import select

from errors import InvalidForm
from models import Identity, Task, session
from models.task import COMPLETED
from reference import definitions

NOT_BY = "notBy"  # ids of user tasks, with blanks between


def refuse_same_hands(task: Task, by: Identity) -> None:
    """Hold a task to its `notBy`: whoever completed one of these last in this case may not complete this one. Raises
    InvalidForm, so that what was typed stays.
    """
    element = definitions.definition(task.instance.definition_id).elements[task.element]
    for earlier in element.properties.get(NOT_BY, "").split():
        done = select(Task.done_by, Task.name).where(Task.case_id == task.case_id, Task.element == earlier)
        last = session.execute(done.where(Task.state == COMPLETED).order_by(Task.closed_at.desc()).limit(1)).first()
        if last and last.done_by == by.id:
            said = f"“{last.name}”是您办理的，“{task.name}”要由另一人办理：请放回，由同岗位的同事办理，或者转办。"
            raise InvalidForm({"": said})
