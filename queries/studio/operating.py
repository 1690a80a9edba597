"""What an operator needs to see of one case to act on it."""

from dataclasses import dataclass, field
from uuid import uuid4

from engine.forms import Choice, Form
from models import Identity, ProcessInstance, session
from operations.house.operating import (
    RESUME,
    SUSPEND,
    why_not_operated,
    why_not_resumed,
    why_not_suspended,
)
from queries.case.cases import CaseFile, case_file


@dataclass(frozen=True)
class OperatePage:
    """`why`: why nothing can be done, in a sentence; mostly ""."""

    file: CaseFile
    suspended: bool
    why: str


@dataclass(frozen=True)
class ActPage:
    """One act on a case as it stood at `revision`. `why`: why it cannot be done, in a sentence; `kept`: what else the
    form sends.
    """

    file: CaseFile
    form: Form
    why: str
    kept: list[tuple[str, str]]
    request: str = field(default_factory=lambda: uuid4().hex)
    lists: dict[str, list[Choice]] = field(default_factory=dict)


def operate_page(case_id: int, by: Identity) -> OperatePage:
    """Raises NotFound when there is no such case or this person may not see it."""
    file, instance = _opened(case_id, by)
    return OperatePage(file, bool(instance.suspended_at), why_not_operated(instance))


def suspend_page(case_id: int, by: Identity) -> ActPage:
    """Raises NotFound."""
    file, instance = _opened(case_id, by)
    return ActPage(file, SUSPEND, why_not_suspended(instance), _kept(instance))


def resume_page(case_id: int, by: Identity) -> ActPage:
    """Raises NotFound."""
    file, instance = _opened(case_id, by)
    return ActPage(file, RESUME, why_not_resumed(instance), _kept(instance))


def _opened(case_id: int, by: Identity) -> tuple[CaseFile, ProcessInstance]:
    file = case_file(case_id, by)
    return file, session.get_one(ProcessInstance, file.instance_id)


def _kept(instance: ProcessInstance, **more: str) -> list[tuple[str, str]]:
    return [("revision", str(instance.revision)), *more.items()]
