"""What an act has made of its case, told to whoever did it at once."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from errors import NotFound
from models import Case, HistoryEvent, Identity, Notice, ProcessInstance, Task, session
from models.task import OPEN
from operations.acts.recalling import why_not_recalled
from queries.case.facts import reader_of_case
from queries.case.history import BEFORE, Teller, hidden_elements
from queries.case.waits import waits_of
from queries.house.vacancies import vacant
from reference.people import post_names


@dataclass(frozen=True)
class Outcome:
    """`lines`: what the case replied to the actor's own posts, what else happened, the next steps.

    Without a next step, what the case waits for.
    """

    name: str  # of the step
    case_id: int
    case_no: str
    title: str
    lines: list[str]
    recallable: str  # the id of the task, where it can still be taken back (撤回)
    answered: bool  # the case replied at once and nobody has to do anything more: mostly a refusal


def outcome(task_id: str, element: str, by: Identity) -> Outcome:
    """Of the newest time that `element`, the task itself or an event on it, was acted on. Raises NotFound."""
    task = session.get(Task, task_id)
    if task is None:
        raise NotFound
    instance, case = task.instance, task.instance.case
    row = _row(instance, element)
    opened = list(_opened(row, case, by))
    waiting = [] if opened else [str(wait) for wait in waits_of(instance, hidden_elements(instance.definition_id, by))]
    reader = reader_of_case(case, instance.definition_id, by)
    teller = Teller(instance.definition_id, by, reader)
    told = teller.tell(row).details
    replies = [teller.of_text(text) for text in _notices_to(by, row)]
    others = [text for text in told if text.removeprefix(BEFORE["notice"]) not in replies]
    return Outcome(
        name=row.name,
        case_id=case.id,
        case_no=case.case_no or "未编号",
        title=reader.of_text(case.title),
        recallable="" if element != task.element or why_not_recalled(task, by) else task.id,
        lines=[*replies, *others, *opened, *waiting],
        answered=element != task.element and bool(replies) and not opened,
    )


def _row(instance: ProcessInstance, element: str) -> HistoryEvent:
    acts = select(HistoryEvent).where(HistoryEvent.instance_id == instance.id, HistoryEvent.element == element)
    done = acts.where(HistoryEvent.kind.in_(("completed", "message"))).order_by(HistoryEvent.revision.desc())
    row = session.scalar(done.limit(1))
    if row is None:
        raise NotFound
    return row


def _notices_to(by: Identity, row: HistoryEvent) -> list[str]:
    """What this act told the actor's own posts, each text once."""
    mine = select(Notice.text).join(ProcessInstance, ProcessInstance.case_id == Notice.case_id)
    mine = mine.where(ProcessInstance.id == row.instance_id, Notice.at == row.at, Notice.post.in_(by.post_keys))
    noted = {text for kind, text, _ in row.notes if kind == "notice"}
    return [text for text in dict.fromkeys(session.scalars(mine.order_by(Notice.id))) if text in noted]


def _opened(row: HistoryEvent, case: Case, by: Identity) -> Iterator[str]:
    """下一步：审批延期（工作专班分流员）."""
    elements = {about for kind, _, about in row.notes if kind == "opened"}
    found = select(Task).where(Task.case_id == case.id, Task.element.in_(elements), Task.state == OPEN)
    found = found.where(Task.created_at == row.at).order_by(Task.due_at, Task.id)
    tasks = [task for task in session.scalars(found) if not task.confidential or by.can("clues")]
    posts = post_names(task.post for task in tasks)
    empty = vacant({task.post for task in tasks if not task.is_claimed})
    for task in tasks:
        hint = "，这个岗位暂时没有人，请联系系统管理员" if task.post in empty else ""
        yield f"下一步：{task.name}（{posts[task.post]}{hint}）"
