"""Phrases (常用语) for the text fields of forms: a person's own, and those that a unit's people share."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from engine.forms import Choice, Field, Form, clean
from errors import InvalidForm, NotFound
from models import Identity, Phrase, now, session, transactional
from operations.gate.revisions import actor

MOST = 50  # of one person, or of one unit
OWN = "own"
FORM = Form(
    "phrase",
    "新增常用语",
    (
        Field("text", "textarea", "常用语", "不写任何反映人的信息。", required=True, max_length=500),
        Field("whose", "radio", "谁用", required=True, default=OWN, choices_key="whose"),
    ),
    {},
)


@transactional
def add_phrase(values: Mapping[str, Any], *, by: Identity) -> None:
    """The same again is no second one. Raises InvalidForm, also for more than MOST."""
    said = clean(FORM, values, whose_lists(by))
    unit = "" if said["whose"] == OWN else said["whose"]
    theirs = Phrase.unit == unit if unit else _own(by)
    if session.scalar(select(Phrase.id).where(theirs, Phrase.text == said["text"])) is not None:
        return
    if (session.scalar(select(func.count()).where(theirs)) or 0) >= MOST:
        raise InvalidForm({"text": f"最多存{MOST}条，请先删除不用的。"})
    session.add(Phrase(user_id=by.id, unit=unit, text=said["text"], by=actor(by), at=now()))


@transactional
def delete_phrase(phrase_id: int, *, by: Identity) -> None:
    """A unit's by any of its people. Raises NotFound for one that this person does not have."""
    phrase = session.scalar(select(Phrase).where(Phrase.id == phrase_id, phrases_for(by)))
    if phrase is None:
        raise NotFound
    session.delete(phrase)


def phrases_for(by: Identity) -> ColumnElement[bool]:
    """One's own and those of one's units."""
    return or_(_own(by), Phrase.unit.in_(by.units))


def whose_lists(by: Identity) -> dict[str, list[Choice]]:
    units = {post.unit: f"{post.unit_name}的人都能用" for post in by.posts}
    return {"whose": [Choice(OWN, "我自己"), *(Choice(code, name) for code, name in units.items())]}


def _own(by: Identity) -> ColumnElement[bool]:
    return (Phrase.user_id == by.id) & (Phrase.unit == "")
