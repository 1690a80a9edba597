"""What an operator does to one running case, for a reason that its history and the audit keep: 暂停, 恢复 (改变量:
variables.py, 移动: displacing.py).

Each act names the revision of the case that the operator looked at: what has moved since is not acted on unseen.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from engine.forms import Field, Form, clean
from errors import AlreadyChanged, MessageNotAccepted, NotAllowed
from models import Identity, ProcessInstance, Writes, now, transactional
from operations.gate import suspension
from operations.gate.audit import note
from operations.gate.quarantine import refuse_quarantined
from operations.gate.requests import already_handled, remember, request_key
from operations.gate.visibility import locked_for

#: So short that every list which shows the case has room for it.
REASON = Field("reason", "textarea", "原因", required=True, max_length=200)
SUSPEND = Form(
    "suspend",
    "暂停办理",
    (
        Field("", "text", "恢复以前任何人都不能办，时限不计，到期的不处理；原因记入办理经过，办理的岗位收到通知。"),
        REASON,
    ),
    {},
)
RESUME = Form("resume", "恢复办理", (Field("", "text", "时限接着计，剩余的时间不变（C-03）。"), REASON), {})


@transactional
def suspend_case(
    case_id: int, values: Mapping[str, Any], *, revision: int, by: Identity, request: str | None = None
) -> None:
    """Stop the clock of a running case for `values["reason"]` and let nobody move it until resume_case() (C-03).

    Raises NotAllowed, also for a quarantined case, NotFound, AlreadyChanged, MessageNotAccepted for a case that is over
    or suspended already, InvalidForm.
    """
    with acting(case_id, "suspend", revision, by, request) as instance:
        if instance:
            if why_not := why_not_suspended(instance):
                raise MessageNotAccepted(why_not)
            refuse_quarantined(instance)
            why = clean(SUSPEND, values)["reason"]
            suspension.suspend(instance, why, by=by)
            note_act(instance, f"暂停，原因：{why}", by)


@transactional
def resume_case(
    case_id: int, values: Mapping[str, Any], *, revision: int, by: Identity, request: str | None = None
) -> None:
    """Let the clock of a suspended case run on, with what was left of each limit (C-03). Raises as suspend_case()."""
    with acting(case_id, "resume", revision, by, request) as instance:
        if instance:
            if why_not := why_not_resumed(instance):
                raise MessageNotAccepted(why_not)
            why = clean(RESUME, values)["reason"]
            suspension.resume(instance, why, by=by)
            note_act(instance, f"恢复，原因：{why}", by)


def why_not_suspended(instance: ProcessInstance) -> str:
    """In a sentence; "" when it may be."""
    return why_not_operated(instance) or ("本件已经暂停。" if instance.suspended_at else "")


def why_not_resumed(instance: ProcessInstance) -> str:
    """In a sentence; "" when it may be."""
    return why_not_operated(instance) or ("" if instance.suspended_at else "本件没有暂停。")


def why_not_operated(instance: ProcessInstance) -> str:
    """In a sentence; "" when it may be."""
    return "本件已经走完，没有可以运维的。" if instance.ended_at else ""


@contextmanager
def acting(
    case_id: int, act: str, revision: int, by: Identity, request: str | None
) -> Iterator[ProcessInstance | None]:
    """The locked case; None where this request has been here before (P3).

    Raises NotAllowed, NotFound, AlreadyChanged.
    """
    if not by.can("operate"):
        raise NotAllowed
    instance = locked_for(case_id, by)
    key = request_key(request, act, str(case_id), by=by)
    if already_handled(key):
        yield None
        return
    if instance.revision != revision:
        raise AlreadyChanged("您打开这一页以后，本件又有人办过。请看过现在的情况再定。")
    yield instance
    writes = Writes()
    remember(writes, key, case_id=case_id, task_id="", at=now())
    writes.send()


def note_act(instance: ProcessInstance, what: str, by: Identity) -> None:
    note("settings", f"{instance.case.case_no or '未编号的事项'}：{what}", by)
