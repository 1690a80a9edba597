"""What a designer chooses from while drawing: the draft's own forms, tables and steps, and what the county has."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from sqlalchemy import select

import handlers
from engine import Element
from engine.decisions import DecisionTable, parse_decisions
from engine.diagram import Process
from engine.forms import Field, parse_form
from engine.reading import read_processes
from errors import InvalidDiagram
from models import FlowDraft, Parameter, Post, Unit, session
from queries.statuses import STATUS_NAMES
from reference import definitions, parameters
from reference.clauses import clauses
from reference.counties import county_of
from reference.flow_drafts import draft_files
from reference.people import CHANNEL_OF_ROLE
from reference.seeds import parameter_name

FORM = ".form.json"


def vocabulary(draft: FlowDraft, open_file: str) -> dict[str, Any]:
    """As JSON for the editor of `open_file`, whose own steps are left out: it knows those as they are drawn now.

    A file that cannot be read gives its name alone: whoever draws goes on.
    """
    files = draft_files(draft)
    processes = _processes(files)
    steps = [each for each in processes.values() if each.filename != open_file]
    return {
        "forms": [_form(name.removesuffix(FORM), content) for name, content in files.items() if name.endswith(FORM)],
        "decisions": [{"id": table.id, "name": table.name} for table in _tables(files)],
        "processes": [{"id": each.id, "name": each.name} for each in processes.values()],
        "steps": [_step(node.element) for each in steps for node in each.nodes.values() if node.id],
        "handlers": [_handler(info) for info in handlers.catalogue().values()],
        "parameters": _parameters(),
        "posts": _posts(draft),
        "registrars": sorted(CHANNEL_OF_ROLE),
        "clauses": {clause.id: clause.short for clause in clauses().values()},
        "statuses": STATUS_NAMES,
    }


def _processes(files: Mapping[str, bytes]) -> dict[str, Process]:
    found: dict[str, Process] = {}
    for name, content in files.items():
        with suppress(InvalidDiagram):
            found |= read_processes({name: content})
    return found


def _tables(files: Mapping[str, bytes]) -> Iterator[DecisionTable]:
    for name, content in files.items():
        if name.endswith(".dmn"):
            with suppress(InvalidDiagram):
                yield from parse_decisions(name, content)


def _form(key: str, content: bytes) -> dict[str, Any]:
    try:
        form = parse_form(f"{key}{FORM}", content)
    except InvalidDiagram:
        return {"key": key, "title": "", "fields": []}
    return {"key": form.key, "title": form.title, "fields": [_field(each) for each in form.inputs]}


def _field(field: Field) -> dict[str, Any]:
    choices = [vars(each) for each in field.choices]
    said = {"key": field.key, "label": field.label, "type": field.type, "choices": choices}
    return said | ({"readonly": True} if field.readonly else {})


def _step(element: Element) -> dict[str, str]:
    said = element.properties
    deadline = (
        {"deadline": said["deadline"], "deadlineName": said.get("deadlineName", "")} if "deadline" in said else {}
    )
    return {"id": element.id, "name": element.name, "kind": element.kind, **deadline}


def _handler(info: handlers.HandlerInfo) -> dict[str, Any]:
    takes = [
        {
            "name": each.name,
            "label": each.label,
            "type": each.type.__name__,
            "required": each.required,
            "choose": each.choose,
        }
        for each in info.parameters
    ]
    return {
        "key": info.key,
        "name": info.name,
        "description": info.description,
        "result": info.result,
        "parameters": takes,
    }


def _parameters() -> list[dict[str, Any]]:
    values = parameters.values_at(parameters.newest_revision())
    rows = session.scalars(select(Parameter).order_by(Parameter.key))
    return [{"key": row.key, "name": parameter_name(row.key), "value": values.get(row.key)} for row in rows]


def _posts(draft: FlowDraft) -> list[dict[str, str]]:
    """Of the county whose flow it is; a flow that names no unit yet may name any."""
    named = definitions.definition(draft.base_id).units
    rows = select(Unit.code, Unit.name, Post.role, Post.role_name).join(Post, Post.unit_id == Unit.id)
    if named:
        rows = rows.where(Unit.code.in_(county_of(named)))
    columns = ("unit", "unitName", "role", "roleName")
    found = session.execute(rows.order_by(Unit.name, Post.role_name))
    return [dict(zip(columns, row, strict=True)) for row in found]
