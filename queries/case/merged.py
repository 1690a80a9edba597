"""What whoever works on a merged case reads of the one that leads (并案), and takes over from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.forms import Field, Form
from engine.forms.form import TEXTS
from queries.case.links import Link
from queries.public.progress import REPLIES, REPLY, replies_of


@dataclass(frozen=True)
class Leader:
    """`reply`: what its own reporter was answered, with nobody's name in it; "" while there is none."""

    case_id: int
    case_no: str
    title: str
    status_name: str
    reply: str


def leader_of(links: Iterable[Link]) -> Leader | None:
    for link in links:
        if link.is_leader:
            reply = next(iter(replies_of(link.other, known=False)), "")
            return Leader(link.other.id, link.other.case_no or "未编号", link.title, link.status_name, reply)
    return None


def reply_fields(form: Form | None) -> list[Field]:
    """Where this form answers whoever brought the case."""
    inputs = form.inputs if form else ()
    texts = [each for each in inputs if each.type in TEXTS and not each.readonly and not each.confidential]
    return [each for each in texts if each.key in REPLIES or each.properties.get(REPLY) == "yes"]


def with_reply(form: Form | None, leader: Leader | None, values: Mapping[str, Any]) -> dict[str, Any]:
    """`values` with the leader's reply where the form answers and nothing was typed yet."""
    if leader is None or not leader.reply:
        return dict(values)
    empty = [each.key for each in reply_fields(form) if not str(values.get(each.key) or "").strip()]
    return dict(values) | dict.fromkeys(empty, leader.reply)
