"""What a designer is asked for once, when a step is put into many scenarios: how its form is filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.forms import Choice, Field, Form, choices, parse_form
from errors import InvalidForm
from models import FlowDraft, Identity
from operations.gate.submissions import choice_lists
from operations.studio.new_files import FORM
from reference.flow_drafts import draft_files
from scenarios.entries import cell
from scenarios.failures import NotUnderstood
from scenarios.mending.groups import Group
from scenarios.names import plain
from scenarios.recorder import usual_of
from scenarios.values import SEVERAL, value_of

Lists = Mapping[str, list[Choice]]


@dataclass(frozen=True)
class Asked:
    """One field. `hint`: how it is written; `offered`: labels of its choices, to pick one of."""

    field: Field
    needed: bool
    hint: str
    offered: Sequence[str]


def asked_for(draft: FlowDraft, group: Group, by: Identity) -> list[Asked]:
    """None where the step has no form, or the background says already how it is filled in.

    Raises InvalidDiagram for a form that cannot be read.
    """
    form = _form(draft, group)
    lists = choice_lists(by, form.lists) if form else {}
    return [_asked(field, lists) for field in form.inputs if not field.readonly] if form else []


def written(draft: FlowDraft, group: Group, typed: Mapping[str, str], by: Identity) -> list[str]:
    """Rows of a table, of what was typed by key of the field. Raises InvalidForm with what is wrong with each."""
    form = _form(draft, group)
    if form is None:
        return []
    lists, problems, rows = choice_lists(by, form.lists), {}, []
    labels = [plain(field.label) for field in form.inputs]
    for field in (each for each in form.inputs if not each.readonly):
        text = typed.get(field.key, "").strip()
        if why := _problem(field, text, lists):
            problems[field.key] = why
        name = plain(field.label) if labels.count(plain(field.label)) == 1 else field.key
        rows += [f"| {cell(name)} | {cell(text)} |"] if text else []
    if problems:
        raise InvalidForm(problems)
    return rows


def _form(draft: FlowDraft, group: Group) -> Form | None:
    files = draft_files(draft)
    content = files.get(group.form + FORM)
    usual = usual_of(draft)
    if content is None or plain(group.name) in usual or group.about in usual:
        return None
    return parse_form(group.form + FORM, content)


def _asked(field: Field, lists: Lists) -> Asked:
    labels = [each.label for each in choices(field, lists)]
    if field.type in SEVERAL:
        return Asked(field, _needed(field), f"几项用、隔开：{'、'.join(labels)}", ())
    if field.type == "dynamiclist":
        columns = "，".join(each.label for each in field.fields)
        return Asked(field, _needed(field), f"一行写：{columns}；几行用；隔开", ())
    hint = "如 2026-03-18，或 3 个工作日后 09:00" if field.type == "datetime" else ""
    return Asked(field, _needed(field), hint, ["是"] if field.type == "checkbox" else labels)


def _needed(field: Field) -> bool:
    return field.required and not field.hide


def _problem(field: Field, text: str, lists: Lists) -> str:
    if not text:
        return "这一项必须填写。" if _needed(field) else ""
    try:
        value_of(field, text, lists)
    except NotUnderstood as error:
        return str(error)
    return ""
