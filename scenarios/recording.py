"""What people have really done to a case, read from its history as data: to be told as a scenario, or done again.

The clock is no act: whatever a deadline brought about comes by itself when the acts are done at their moments.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from models import Attachment, HistoryEvent, ProcessInstance, Submission, Task, session
from operations.public.reporters import NAME
from reference import definitions

REGISTERED, HANDED_IN, BEGUN = "registered", "handed_in", "begun"  # how a case begins; the last: by the calendar
COMPLETED, SAID, ATTACHED, RETRIED = "completed", "said", "attached", "retried"
#: Kinds of history rows in which a case moved.
MOVING = ("started", "completed", "held_in", "submitted", "message", "timer", "retried")
#: Kinds of history rows that change who does what next, and that no act of a recording does.
UNTOLD = {
    "passed_on": "转办",
    "sign_asked": "加签",
    "sign_withdrawn": "减签",
    "meeting_called": "定会议",
    "meeting_changed": "会议改期",
    "recalled": "撤回",
    "sent_back": "退回",
    "form_taken_back": "取回",
    "calendar": "工作日历修订",
    "suspended": "暂停办理",
    "resumed": "恢复办理",
}


@dataclass(frozen=True)
class Act:
    """One thing somebody did. `element`: of the diagram; `form` and `values` as handed in, with personal data.

    `post`: key of the post whose task it was, "" of whoever brought the case; `actor`: as the history calls them;
    `item`: which of several alike the task was about; `name`: of the step, of what was attached.
    """

    at: datetime
    kind: str
    post: str
    actor: str
    element: str
    name: str
    item: str = ""
    form: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Recording:
    """Of one case. `untold`: what else was done, each when, by whom and in words; `kinds_untold`: what of it there is.
    `until`: the moment of the last act, or of what the clock did after it, so that it had the last word.
    """

    definition_id: int
    flow: str
    parameter_revision: int
    acts: Sequence[Act]
    untold: Sequence[tuple[datetime, str, str]]
    kinds_untold: Sequence[str]
    until: datetime
    clock_was_last: bool


def record(instance: ProcessInstance, hidden: Collection[str] = ()) -> Recording:
    """The acts in the order in which they were done, but none on a `hidden` element (XT-20). What was taken back again
    (撤回) is left out with the taking.
    """
    found = select(HistoryEvent).where(HistoryEvent.instance_id == instance.id).order_by(HistoryEvent.revision)
    rows = [row for row in session.scalars(found) if row.element not in hidden]
    gone = _taken_back(rows)
    acts = list(_Reading(instance).acts([row for row in rows if row.id not in gone]))
    clock = max((row.at for row in rows if row.kind == "timer"), default=acts[-1].at)
    last = next(row.kind for row in reversed(rows) if row.kind in MOVING)
    return Recording(
        definition_id=instance.definition_id,
        flow=instance.case.flow,
        parameter_revision=instance.case.parameter_revision,
        acts=acts,
        untold=[(row.at, row.actor, f"{UNTOLD[row.kind]}：{row.name}") for row in rows if row.kind in UNTOLD],
        kinds_untold=list(dict.fromkeys(UNTOLD[row.kind] for row in rows if row.kind in UNTOLD)),
        until=max(clock, acts[-1].at),
        clock_was_last=last == "timer",
    )


def _taken_back(rows: Sequence[HistoryEvent]) -> set[int]:
    """Ids of the completions that were taken back."""
    standing: dict[str | None, list[int]] = defaultdict(list)
    gone = set()
    for row in rows:
        if row.kind == "completed":
            standing[row.element].append(row.id)
        elif row.kind == "recalled" and standing[row.element]:
            gone.add(standing[row.element].pop())
    return gone


class _Reading:
    """The tasks, forms and files of a case, each found by the moment it was handed in."""

    def __init__(self, instance: ProcessInstance):
        self._elements = definitions.definition(instance.definition_id).elements
        mine = select(Task).where(Task.instance_id == instance.id).order_by(Task.created_at, Task.id)
        self._tasks = list(session.scalars(mine))
        self._forms: dict[tuple[str, datetime], list[Submission]] = defaultdict(list)
        forms = select(Submission).where(Submission.case_id == instance.case_id).order_by(Submission.id)
        for row in session.scalars(forms):
            self._forms[row.element, row.at].append(row)
        files = select(Attachment).where(Attachment.case_id == instance.case_id, ~Attachment.from_reporter)
        self._files = session.scalars(files.order_by(Attachment.id)).all()
        self._posts: dict[str, str] = {}  # by actor, the post they acted at last; before that, where they will first

    def acts(self, rows: Sequence[HistoryEvent]) -> Iterator[Act]:
        done = {(task.element, task.closed_at): task.post for task in self._tasks}
        places = [(row.actor, done[row.element or "", row.at]) for row in rows if (row.element, row.at) in done]
        self._posts = dict(reversed(places))
        first = rows[1] if len(rows) > 1 and rows[1].at == rows[0].at else None
        if first is None or first.kind not in ("completed", "submitted") or first.actor != rows[0].actor:
            yield Act(rows[0].at, BEGUN, "", rows[0].actor, "", rows[0].name)
            first = None
        for row in rows[1:]:
            yield from self._acts(row, is_first=row is first)

    def _acts(self, row: HistoryEvent, *, is_first: bool) -> Iterator[Act]:
        if row.kind in ("completed", "held_in"):
            yield self._completed(row, REGISTERED if is_first else COMPLETED)
        elif row.kind == "submitted" and is_first:
            yield self._act(row, HANDED_IN, None)
        elif row.kind == "message":
            yield self._act(row, SAID, None)
        elif row.kind == "retried":
            yield Act(row.at, RETRIED, "", row.actor, row.element or "", row.name)
        elif row.kind == "attached":
            post = self._posts.get(row.actor, "")
            yield from (Act(row.at, ATTACHED, post, row.actor, "", each.name) for each in self._attached(row) if post)

    def _completed(self, row: HistoryEvent, kind: str) -> Act:
        done = [each for each in self._tasks if each.element == row.element and each.closed_at == row.at]
        form = next(iter(self._forms.get((row.element or "", row.at), ())), None)
        mine = next((each for each in done if form is None or each.id == form.task_id), None)
        if mine:
            self._tasks.remove(mine)  # of several alike that were done at the same moment, the next one is next
        return self._act(row, kind, mine)

    def _act(self, row: HistoryEvent, kind: str, task: Task | None) -> Act:
        element = row.element or ""
        handed_in = self._forms.get((element, row.at))
        form = handed_in.pop(0) if handed_in else None
        task = task or self._task_of(element, form, row.at)
        post = "" if task is None or row.actor == NAME or kind == HANDED_IN else task.post
        if post:
            self._posts[row.actor] = post
        item = task.item if task else ""
        if form is None:
            return Act(row.at, kind, post, row.actor, element, row.name, item)
        return Act(row.at, kind, post, row.actor, element, row.name, item, form.form, form.values)

    def _task_of(self, element: str, form: Submission | None, at: datetime) -> Task | None:
        """The task on which somebody said something: the form names it, else the one that the event is drawn on."""
        if form and form.task_id:
            return session.get(Task, form.task_id)
        on = self._elements[element].attached_to if element in self._elements else None
        open_then = (each for each in self._tasks if each.created_at <= at <= (each.closed_at or at))
        return next((each for each in open_then if each.element == on), None)

    def _attached(self, row: HistoryEvent) -> list[Attachment]:
        return [each for each in self._files if each.at == row.at]
