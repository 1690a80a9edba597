"""The form a receiving post fills in to register a case."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from engine.forms import Choice, Form
from errors import NotAllowed, NotFound
from models import Identity, ProcessDefinition, now
from operations.acts.cases import post_to_register, registering_post
from operations.gate.submissions import choice_lists
from queries.boxes.drafts import KeptDraft, draft_of_registration
from queries.case.prefill import prefilled
from reference import definitions


@dataclass(frozen=True)
class RegistrationPage:
    flow: str
    flow_name: str
    form: Form
    lists: dict[str, list[Choice]]
    values: dict[str, Any]
    request: str
    draft: KeptDraft | None


def registration_page(flow: str, by: Identity) -> RegistrationPage:
    """Raises NotFound for an unknown flow, NotAllowed for a post that does not receive cases (XT-03)."""
    post, channel = registering_post(flow, by)
    row = definitions.newest(flow)
    form = _first_form(row)
    if form is None:
        raise NotFound
    values, draft = prefilled(form, by.at(post), now()) | {"channel": channel}, draft_of_registration(flow, form, by)
    return RegistrationPage(flow, row.name, form, choice_lists(by, form.lists), values, uuid4().hex, draft)


def form_of_flow(flow: str) -> Form | None:
    """The form that registers a case, whoever asks. Raises NotFound for an unknown flow."""
    return _first_form(definitions.newest(flow))


def registrable_flows(by: Identity) -> list[ProcessDefinition]:
    """The flows that begin with a form which one of this person's posts may fill in."""
    retired = definitions.retired()
    return [row for row in _flows(by) if row.key not in retired]


def retired_flows(by: Identity) -> list[ProcessDefinition]:
    """Those that this person could register, were they not retired (C-11)."""
    retired = definitions.retired()
    return [row for row in _flows(by) if row.key in retired]


def _flows(by: Identity) -> list[ProcessDefinition]:
    return [row for row in definitions.newest_of_each() if _first_form(row) is not None and _may_register(row, by)]


def _may_register(row: ProcessDefinition, by: Identity) -> bool:
    try:
        post_to_register(row, by)
    except NotAllowed:
        return False
    return True


def _first_form(row: ProcessDefinition) -> Form | None:
    return definitions.definition(row.id).first_form
