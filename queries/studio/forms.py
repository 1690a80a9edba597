"""A form of a draft, as its editor has it: what is wrong with it, what it offers, and which steps use it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from engine.forms import Choice, Field, Form, parse_form
from engine.markup import SPIFF, read_xml, tag
from errors import InvalidDiagram, Problem
from models import Identity, now
from operations.gate.submissions import choice_lists
from operations.studio.new_files import FORM
from operations.studio.opening import readable_draft
from queries.case.prefill import prefilled
from reference.flow_drafts import draft_files

#: What may have a form, as designers call it.
KINDS = {"userTask": "用户任务", "boundaryEvent": "按钮上的表单", "startEvent": "公众填写的表单"}


@dataclass(frozen=True)
class Use:
    """An element that shows the form."""

    file: str
    element: str
    name: str
    kind: str


@dataclass(frozen=True)
class FormLook:
    """`form` is None while the file cannot be read: then there are faults."""

    faults: list[Problem]
    form: Form | None = None
    lists: dict[str, list[Choice]] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)


def look_at_form(draft_id: int, name: str, content: bytes, by: Identity) -> FormLook:
    """The form as whoever asks would be shown it, with their lists and what is filled in for them. Raises NotFound."""
    readable_draft(draft_id, by)
    try:
        form = parse_form(name, content)
    except InvalidDiagram as error:
        return FormLook(list(error.problems))
    key = name.removesuffix(FORM)
    faults = [] if form.key == key else [Problem("", f"表单的标识是“{form.key}”，应当与文件名一样是“{key}”。")]
    return FormLook(faults, form, choice_lists(by, form.lists), prefilled(form, by, now()))


def uses_of_form(draft_id: int, name: str, by: Identity) -> list[Use]:
    """Which elements of the draft's diagrams show it; a diagram that cannot be read has none. Raises NotFound."""
    files = draft_files(readable_draft(draft_id, by))
    diagrams = {file: content for file, content in files.items() if file.endswith(".bpmn")}
    key = name.removesuffix(FORM)
    return [use for file in sorted(diagrams) for use in _uses(file, diagrams[file], key)]


def narrowed(form: Form) -> list[Field]:
    """The fields that are not simply filled in: shown only, or under a condition."""
    return [each for each in form.inputs if each.readonly or each.hide]


def _uses(file: str, content: bytes, key: str) -> Iterator[Use]:
    try:
        root = read_xml(file, content)
    except InvalidDiagram:
        return
    for said in root.iter(f"{{{SPIFF}}}property"):
        if (said.get("name"), said.get("value")) == ("form", key):
            element = _owner(said)
            if element is not None:
                kind = KINDS.get(tag(element), tag(element))
                yield Use(file, element.get("id", ""), element.get("name") or element.get("id", ""), kind)


def _owner(said: etree._Element) -> etree._Element | None:
    return next((above for above in said.iterancestors() if tag(above) in KINDS), None)
