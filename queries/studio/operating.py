"""What an operator needs to see of one case to act on it."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from engine import Displacing, settable
from engine.forms import Choice, Form
from errors import NotFound
from models import Identity, ProcessInstance, session
from operations.gate.moves import Move
from operations.house.displacing import FORM as MOVE
from operations.house.displacing import places_of, why_not_moved
from operations.house.operating import (
    RESUME,
    SUSPEND,
    why_not_operated,
    why_not_resumed,
    why_not_suspended,
)
from operations.house.variables import FORM, as_typed, in_words, kind_of, variable_of, why_not_set
from queries.case.cases import CaseFile, case_file


@dataclass(frozen=True)
class VariableRow:
    """`value` in words; `is_set`: it has one; `why`: why it cannot be set here, in a sentence, mostly ""."""

    name: str
    label: str  # "" where no form asks for it
    value: str
    is_set: bool
    why: str
    read_at: tuple[str, ...]


@dataclass(frozen=True)
class OperatePage:
    """`why`: why nothing can be done, in a sentence; mostly ""."""

    file: CaseFile
    suspended: bool
    why: str
    movable: list[tuple[str, str]]  # tokens that may be taken elsewhere, and where each waits
    variables: list[VariableRow]  # those that have a value first


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
    begins: dict[str, Any] = field(default_factory=dict)  # with these values


def operate_page(case_id: int, by: Identity) -> OperatePage:
    """Raises NotFound when there is no such case or this person may not see it."""
    file, instance = _opened(case_id, by)
    why, move = why_not_operated(instance), file.move
    return OperatePage(file, bool(instance.suspended_at), why, _movable(move), _variables(file))


def suspend_page(case_id: int, by: Identity) -> ActPage:
    """Raises NotFound."""
    file, instance = _opened(case_id, by)
    return ActPage(file, SUSPEND, why_not_suspended(instance), _kept(instance))


def resume_page(case_id: int, by: Identity) -> ActPage:
    """Raises NotFound."""
    file, instance = _opened(case_id, by)
    return ActPage(file, RESUME, why_not_resumed(instance), _kept(instance))


def variable_page(case_id: int, name: str, by: Identity) -> ActPage:
    """Raises NotFound, also for a variable that may not be set. What holds personal data begins empty (S-04)."""
    file, instance = _opened(case_id, by)
    variable, why = variable_of(file.move, name), why_not_operated(instance) or why_not_set(file.move, name)
    form = Form(FORM.key, f"改变量“{variable.called}”", FORM.fields, {})
    before = None if why else file.move.execution.values_of(name)[0]
    typed = as_typed(before)
    if variable.personal or file.masked(typed) != typed:
        typed = ""
    return ActPage(file, form, why, _kept(instance, name=name), begins={"kind": kind_of(before), "value": typed})


def move_page(case_id: int, token: str, by: Identity) -> ActPage:
    """Raises NotFound, also for a token that may not be moved."""
    file, instance = _opened(case_id, by)
    here = Displacing(file.move.execution).movable().get(token)
    if here is None:
        raise NotFound
    form = Form(MOVE.key, f"移动“{here.name or here.id}”", MOVE.fields, {})
    lists = {"places": places_of(file.move, token)}
    return ActPage(file, form, why_not_moved(instance), _kept(instance, token=token), lists=lists)


def _movable(move: Move) -> list[tuple[str, str]]:
    return [(token, each.name or each.id) for token, each in Displacing(move.execution).movable().items()]


def _variables(file: CaseFile) -> list[VariableRow]:
    rows, move = [], file.move
    for name, variable in settable(move.definition).items():
        found = move.execution.values_of(name)
        value = file.masked("；".join(in_words(each, variable) for each in found))
        why, is_set = why_not_set(move, name), found not in ([], [None])
        rows.append(VariableRow(name, variable.label, value, is_set, why, variable.read_at))
    return sorted(rows, key=lambda row: not row.is_set)


def _opened(case_id: int, by: Identity) -> tuple[CaseFile, ProcessInstance]:
    file = case_file(case_id, by)
    return file, session.get_one(ProcessInstance, file.instance_id)


def _kept(instance: ProcessInstance, **more: str) -> list[tuple[str, str]]:
    return [("revision", str(instance.revision)), *more.items()]
