"""What whoever brought a case adds to it later: words and files, told to those who work on it now (补充材料)."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from engine.forms import Field, Form, clean
from errors import InvalidForm, MessageNotAccepted
from models import Case, Notice, ProcessInstance, Task, Writes, now, session, transactional
from models.task import IS_OPEN
from operations.acts.attachments import Kept, Upload, add_attachments, drop_kept, kept_on_disk, problems_of
from operations.gate.requests import already_handled, remember, request_key
from operations.gate.revisions import record
from operations.public.reporters import NAME, REPORTER, case_with, locked_with
from operations.public.visitors import Visitor, answered_once, note_act, problems_with, require_patience

FORM = Form("supplement", "补充材料", (Field("words", "textarea", "要补充的情况", max_length=1000, rows=5),), {})
NOTHING = "请写明要补充的情况，或者选择文件。"
CLOSED = "这件事已经办结，不能再补充材料。还有问题的，请重新提交，或者向受理窗口反映。"


def supplement(
    given: str, values: Mapping[str, Any], files: Sequence[Upload], visitor: Visitor, *, request: str | None = None
) -> None:
    """Add `values["words"]` and `files` to the open case that the pass `given` is of.

    Raises NotFound for a pass that is none or too old, MessageNotAccepted for a closed case, TooMany, InvalidForm with
    the keys `words`, `files` and `answer`.
    """
    case_id = case_with(given).id
    wrong = problems_of(files) | problems_with(visitor)
    with kept_on_disk([] if wrong else files) as kept, answered_once(visitor):
        key = request_key(request, "supplement", str(case_id), by=REPORTER)
        _supplement(given, values, kept, visitor, key, wrong, empty=not files)


@transactional
def _supplement(
    given: str,
    values: Mapping[str, Any],
    kept: Sequence[Kept],
    visitor: Visitor,
    request: str | None,
    wrong: Mapping[str, str],
    *,
    empty: bool,
) -> None:
    instance, at = locked_with(given), now()
    if already_handled(request):
        drop_kept(kept)
        return
    if problem := why_not_supplemented(instance.case):
        raise MessageNotAccepted(problem)
    require_patience(visitor.address)
    words = _checked(values, wrong, empty)
    note_act(visitor, at)
    if words:
        record(instance, kind="supplemented", by=REPORTER, at=at, notes=[["words", f"补充：{words}", ""]])
    writes = Writes()
    if kept:
        add_attachments(writes, instance, kept, "", by=REPORTER, at=at, from_reporter=True)
    for post in _who_works_on(instance):
        text = f"{NAME}补充了材料，请在事项页查看：{instance.case.title}。"
        writes.add(Notice, case_id=instance.case_id, post=post, text=text, at=at)
    remember(writes, request, case_id=instance.case_id, task_id="", at=at)
    writes.send()


def why_not_supplemented(case: Case) -> str:
    """Why nothing can be added, in a sentence for the reporter; "" when it can."""
    return CLOSED if case.closed_at or case.archived else ""


def _checked(values: Mapping[str, Any], wrong: Mapping[str, str], empty: bool) -> str:
    """The words; what is wrong with files and answer is told together with what is wrong with them."""
    problems = dict(wrong)
    words = ""
    try:
        words = clean(FORM, values)["words"] or ""
    except InvalidForm as error:
        problems |= error.problems
    if empty and not words and "words" not in problems:
        problems["words"] = NOTHING
    if problems:
        raise InvalidForm(problems)
    return words


def _who_works_on(instance: ProcessInstance) -> list[str]:
    """The posts with an open task; while the case waits for none, the post that worked on it last. Of a confidential
    task nobody hears this way (XT-20).
    """
    mine = select(Task.post).where(Task.case_id == instance.case_id, Task.confidential.is_(False))
    waiting = session.scalars(mine.where(IS_OPEN).order_by(Task.created_at, Task.id)).all()
    last = mine.where(Task.closed_at.is_not(None)).order_by(Task.closed_at.desc(), Task.id).limit(1)
    return list(dict.fromkeys(waiting or session.scalars(last)))
