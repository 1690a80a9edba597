"""What people without an account see: the flows they may begin, and the form of one."""

from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import select

from engine.forms import Choice, Form
from errors import NotFound
from models import Unit, session, unit_of
from operations.gate.submissions import choice_lists
from operations.public.portal import public_flows, public_start
from reference import definitions


@dataclass(frozen=True)
class PublicFlow:
    """A flow people may begin, and the unit that registers what they hand in."""

    key: str
    name: str
    unit: str


@dataclass(frozen=True)
class PortalPage:
    flow: PublicFlow
    form: Form
    lists: dict[str, list[Choice]]
    request: str


def offered_flows() -> list[PublicFlow]:
    return [_flow(row.key, row.name) for row in public_flows()]


def portal_page(flow: str) -> PortalPage:
    """Raises NotFound for a flow that takes nothing from outside, NotAllowed for a retired one."""
    _, receiver = public_start(flow)
    row = definitions.newest(flow)
    form = definitions.definition(row.id).public_form
    if form is None:
        raise NotFound
    return PortalPage(_flow(flow, row.name), form, choice_lists(receiver, form.lists), uuid4().hex)


def _flow(key: str, name: str) -> PublicFlow:
    _, receiver = public_start(key)
    [post] = receiver.post_keys
    unit = session.scalars(select(Unit.name).where(Unit.code == unit_of(post))).one()
    return PublicFlow(key, name, unit)
