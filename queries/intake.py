"""The form a receiving post fills in to register a case."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from engine.forms import Choice, Form
from models import Identity
from operations.cases import first_form, registering_post
from operations.submissions import choice_lists


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
