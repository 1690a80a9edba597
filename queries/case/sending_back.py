"""退回 as its page shows it."""

from engine.forms import Choice
from operations.acts import sending_back
from operations.acts.steps_back import NOWHERE, why_not_now
from queries.case.tasks import Action, TaskPage


def sending_back_of(page: TaskPage) -> tuple[Action, dict[str, list[Choice]]]:
    """退回 as an action of the task, and the steps to choose from."""
    why = ""
    if not page.may_work:
        why = "这个任务现在不由您办理，不能退回。"
    elif problem := why_not_now(page.task):
        why = problem
    elif not page.steps_back:
        why = NOWHERE
    form = sending_back.FORM
    return Action(form.key, form.title, form, not why, why), {"steps": page.steps_back}
