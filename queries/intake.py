"""The form a receiving post fills in to register a case."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from engine.forms import Choice, Form
from errors import NotFound
from models import Identity, ProcessDefinition
from operations.cases import first_form, registering_post
from operations.submissions import choice_lists
from reference import definitions


@dataclass(frozen=True)
class RegistrationPage:
    flow: str
    flow_name: str
    form: Form
    lists: dict[str, list[Choice]]
    values: dict[str, Any]
    request: str


def registration_page(flow: str, by: Identity) -> RegistrationPage:
    """Raises NotFound for an unknown flow, NotAllowed for a post that does not receive cases (XT-03)."""
    _, channel = registering_post(by)
    return RegistrationPage(flow, *first_form(flow, by), choice_lists(), {"channel": channel}, uuid4().hex)


def registrable_flows(by: Identity) -> list[ProcessDefinition]:
    """The flows that begin with a form; the others begin by the calendar."""
    return [flow for flow in definitions.newest_of_each() if _begins_with_a_form(flow.key, by)]


def _begins_with_a_form(flow: str, by: Identity) -> bool:
    try:
        first_form(flow, by)
    except NotFound:
        return False
    return True
