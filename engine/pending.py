"""What a case waits for, as those outside the engine see it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.elements import Element


@dataclass(frozen=True)
class OpenTask:
    """A user task that waits for a person."""

    id: str
    element: Element
    variables: dict[str, Any]
    deadline: str | None = None  # key of the deadline it stands under
    also_due: tuple[str, ...] = ()  # keys of others that whoever does it keeps as well
    #: The process it runs in: id of the call or subprocess around it, "" for the case's own. Each round of a called
    #: process and each instance of a multi-instance has another.
    floor: str = ""


@dataclass(frozen=True)
class PendingMessage:
    """Something a person may say to the case now."""

    id: str
    element: Element
    task_id: str | None  # the open user task it is drawn on
    variables: dict[str, Any]


@dataclass(frozen=True)
class PendingTimer:
    """A moment the case waits for."""

    id: str
    element: str
    due_at: datetime
    deadline: str | None  # key of the deadline it moves with


@dataclass(frozen=True)
class Failure:
    """A step that went wrong and waits for retry(). The other branches have gone on."""

    id: str
    element: str
    message: str
