"""Choose how one is told of notices outside the house: one's own addresses and choices, and what holds for a post."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import select

from engine.forms import Choice, Field, Form, clean
from errors import InvalidForm, NotAllowed, NotFound
from gateways import CHANNELS, ROBOTS
from models import Identity, PersonNotify, Post, PostNotify, User, session, transactional
from models.notifying import Choices
from operations.gate.audit import note
from operations.gate.outbox import channels
from operations.people.addresses import ADDRESSES, row_of, take_addresses, waiting_codes
from operations.people.notify_choices import KINDS, UNCHOSEN, USUAL, WAYS, choice_key, ways_of
from operations.people.organisation_log import note_change


def own_form() -> Form:
    """A person's addresses, and the way of each kind on each channel; not choosing leaves it to the post."""
    fields = (*_addresses(), *_ways(dict.fromkeys(KINDS, "按岗位的设置")))
    return Form("notify", "通知设置", fields, {})


def addresses_form() -> Form:
    return Form("notify_addresses", "通知地址", tuple(_addresses()), {})


def post_form() -> Form:
    return Form("notify_post", "岗位通知", tuple(_ways({kind: f"通常（{WAYS[USUAL[kind]]}）" for kind in KINDS})), {})


def values_of(addresses: Mapping[str, str], choices: Choices) -> dict[str, Any]:
    """What a form starts with."""
    return {**{f"address_{channel}": text for channel, text in addresses.items()}, **choices}


def notify_of(user_id: int) -> dict[str, Any]:
    """What the form starts with; an address that waits for its code stands there as it was typed."""
    row = session.get(PersonNotify, user_id)
    waiting = {code.channel: code.address for code in waiting_codes(user_id)}
    return values_of(row.addresses | waiting, row.choices) if row else {}


def notify_of_post(key: str) -> dict[str, Any]:
    row = session.get(PostNotify, key)
    return dict(row.choices) if row else {}


@transactional
def save_own(values: Mapping[str, Any], *, by: Identity) -> None:
    """Raises InvalidForm."""
    form = own_form()
    given = clean(form, values)
    row = row_of(by.id or 0)
    take_addresses(row, _read_addresses(given))
    row.choices = row.choices | _read_choices(given)


@transactional
def read_addresses(username: str, *, by: Identity) -> dict[str, Any]:
    """Somebody's in clear, for who may change them; that they were read is in the audit (S-04). Raises NotAllowed,
    NotFound.
    """
    _require_administrator(by)
    user = session.scalar(select(User).where(User.username == username))
    if user is None:
        raise NotFound
    note("look", f"{user.name}（{username}）的通知地址", by, about=user)
    return notify_of(user.id)


@transactional
def save_addresses(username: str, values: Mapping[str, Any], *, by: Identity) -> None:
    """By the administrator, for somebody who then confirms it with the code that goes there. Raises NotAllowed,
    NotFound, InvalidForm.
    """
    _require_administrator(by)
    user = session.scalar(select(User).where(User.username == username))
    if user is None:
        raise NotFound
    take_addresses(row_of(user.id), _read_addresses(clean(addresses_form(), values)))
    note_change("修改通知地址", by, user=user)


@transactional
def save_post(key: str, values: Mapping[str, Any], *, by: Identity) -> None:
    """Raises NotAllowed, NotFound, InvalidForm."""
    _require_administrator(by)
    post = session.get(Post, key, with_for_update=True)
    if post is None:
        raise NotFound
    given = _read_choices(clean(post_form(), values))
    row = session.get(PostNotify, key)
    if row is None:
        session.add(PostNotify(post_key=key, choices=given))
    else:
        row.choices = row.choices | given
    note_change(f"修改{post.role_name}的通知设置", by, unit=post.unit)


def _addresses() -> list[Field]:
    return [
        Field(f"address_{channel}", "textfield", ADDRESSES[channel][0], _hint(channel), max_length=254)
        for channel in channels()
    ]


def _hint(channel: str) -> str:
    return "不填就不发。" if channel in ROBOTS else "不填就不发。填了新的，先发一个验证码去确认。"


def _ways(unchosen: Mapping[str, str]) -> list[Field]:
    """A group a kind, in it a choice a channel. `unchosen`: what leaving it to others is called, of each kind."""
    if not channels():
        return []
    return [
        Field(
            "",
            "group",
            name,
            fields=tuple(
                Field(
                    choice_key(kind, channel),
                    "select",
                    CHANNELS[channel],
                    default=UNCHOSEN,
                    choices=tuple(
                        Choice(way, words) for way, words in {UNCHOSEN: unchosen[kind], **ways_of(kind)}.items()
                    ),
                )
                for channel in channels()
            ),
        )
        for kind, name in KINDS.items()
    ]


def _read_addresses(given: Mapping[str, Any]) -> dict[str, str]:
    read, problems = {}, {}
    for channel in channels():
        key = f"address_{channel}"
        text = (given[key] or "").strip()
        name, looks, words = ADDRESSES[channel]
        if text and not looks.fullmatch(text):
            problems[key] = f"“{name}”应为{words}。"
        read[channel] = text
    if problems:
        raise InvalidForm(problems)
    return read


def _read_choices(given: Mapping[str, Any]) -> Choices:
    return {key: given[key] or UNCHOSEN for key in _choice_keys(channels())}


def _choice_keys(ways: Collection[str]) -> list[str]:
    return [choice_key(kind, channel) for kind in KINDS for channel in ways]


def _require_administrator(by: Identity) -> None:
    if not by.can("administer"):
        raise NotAllowed("只有系统管理员可以改别人的通知设置。")
