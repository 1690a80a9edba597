"""A form of a draft, as its editor has it: what is wrong with it, what it offers, and which steps use it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.forms import Choice, Field, Form, clashes, form_of, parse_form
from engine.forms.narrowing import HIDDEN, READONLY
from engine.markup import BPMN, read_xml, tag
from engine.reading import read_properties
from errors import InvalidDiagram, Problem
from models import Identity, now
from operations.gate.submissions import choice_lists
from operations.studio.new_files import FORM
from operations.studio.opening import readable_draft
from queries.case.prefill import prefilled
from reference.flow_drafts import draft_files

#: What may have a form, as designers call it.
KINDS = {"userTask": "用户任务", "boundaryEvent": "按钮上的表单", "startEvent": "公众填写的表单"}
NARROWING = {READONLY: "只看不填", HIDDEN: "隐藏"}


@dataclass(frozen=True)
class Use:
    """An element that shows the form: what it says, and in words which of the `fields` it does not ask for."""

    file: str
    element: str
    name: str
    kind: str
    said: dict[str, str]
    fields: str


@dataclass(frozen=True)
class FormLook:
    """`form` is None while the file cannot be read: then there are faults."""

    faults: list[Problem]
    form: Form | None = None
    lists: dict[str, list[Choice]] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)


def look_at_form(draft_id: int, name: str, content: bytes, by: Identity, at: str = "") -> FormLook:
    """The form as whoever asks would be shown it, with their lists and what is filled in for them; `at` an element of
    the draft's diagrams, as that narrows it. Raises NotFound.
    """
    readable_draft(draft_id, by)
    try:
        form = parse_form(name, content)
    except InvalidDiagram as error:
        return FormLook(list(error.problems))
    key = name.removesuffix(FORM)
    faults = [] if form.key == key else [Problem("", f"表单的标识是“{form.key}”，应当与文件名一样是“{key}”。")]
    faults += clashes(form)
    narrowing = next((use.said for use in uses_of_form(draft_id, name, by) if use.element == at), {}) if at else {}
    form = form_of({key: form}, {**narrowing, "form": key}) or form
    return FormLook(faults, form, choice_lists(by, form.lists), prefilled(form, by, now()))


def uses_of_form(draft_id: int, name: str, by: Identity) -> list[Use]:
    """Which elements of the draft's diagrams show it; a diagram that cannot be read has none. Raises NotFound."""
    files = draft_files(readable_draft(draft_id, by))
    diagrams = [file for file in files if file.endswith(".bpmn")]
    key = name.removesuffix(FORM)
    return [use for file in sorted(diagrams) for use in _uses(file, files, key)]


def narrowed(form: Form) -> list[Field]:
    """The fields that are not simply filled in: shown only, or under a condition."""
    return [each for each in form.inputs if each.readonly or each.hide]


def _uses(file: str, files: Mapping[str, bytes], key: str) -> Iterator[Use]:
    try:
        root = read_xml(file, files[file])
    except InvalidDiagram:
        return
    for element in root.iter(*(f"{{{BPMN}}}{kind}" for kind in KINDS)):
        said, id_ = read_properties(element), element.get("id", "")
        if said.get("form") == key:
            yield Use(file, id_, element.get("name") or id_, KINDS[tag(element)], said, narrowing_in_words(said, files))


def narrowing_in_words(said: Mapping[str, str], files: Mapping[str, bytes]) -> str:
    """只看不填：主办单位；隐藏：意见, what an element does not ask for of its form; "" where it asks for all."""
    named = {words: keys for name, words in NARROWING.items() if (keys := said.get(name, "").split())}
    file = said.get("form", "") + FORM
    labels = _labels(file, files.get(file, b"")) if named else {}
    return "；".join(f"{words}：{'、'.join(labels.get(key, key) for key in keys)}" for words, keys in named.items())


def _labels(name: str, content: bytes) -> dict[str, str]:
    try:
        return {field.key: field.label for field in parse_form(name, content).inputs}
    except InvalidDiagram:
        return {}
