"""Keep a filter of the inbox under a name, name it anew, throw it away. Each person has views of their own."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from engine.forms import Field, Form, clean
from errors import InvalidForm, NotFound
from models import Identity, SavedView, User, now, session, transactional

MOST = 12  # a person
FORM = Form("view", "视图", (Field("name", "textfield", "视图名称", required=True, max_length=20),), {})


@transactional
def save_view(values: Mapping[str, Any], *, by: Identity, box: str, **parts: str) -> None:
    """Keep the filter `parts` of `box` under `values["name"]`. The same view again is no second one.

    Raises InvalidForm for a name that is another view's, and for more than MOST.
    """
    name = clean(FORM, values)["name"]
    _lock(by)
    known = session.scalar(select(SavedView).where(SavedView.user_id == by.id, SavedView.name == name))
    if known and (known.box, *(getattr(known, part) for part in parts)) == (box, *parts.values()):
        return
    _require_free(known)
    if (session.scalar(select(func.count()).where(SavedView.user_id == by.id)) or 0) >= MOST:
        raise InvalidForm({"name": f"最多存{MOST}个视图，请先删除不用的。"})
    session.add(SavedView(user_id=by.id, name=name, box=box, at=now(), **parts))


@transactional
def rename_view(view_id: int, values: Mapping[str, Any], *, by: Identity) -> SavedView:
    """Raises NotFound for a view that is not this person's, InvalidForm for a name that another of theirs has."""
    name = clean(FORM, values)["name"]
    _lock(by)
    view = _mine(view_id, by)
    others = select(SavedView).where(SavedView.user_id == by.id, SavedView.name == name, SavedView.id != view_id)
    _require_free(session.scalar(others))
    view.name = name
    return view


@transactional
def delete_view(view_id: int, *, by: Identity) -> str:
    """Its name. Raises NotFound for a view that is not this person's."""
    view = _mine(view_id, by)
    session.delete(view)
    return view.name


def _require_free(known: SavedView | None) -> None:
    if known:
        raise InvalidForm({"name": f"已经有名为“{known.name}”的视图，请换一个名称。"})


def _lock(by: Identity) -> None:
    """Two tabs of one person, one after the other."""
    session.get(User, by.id, with_for_update={"key_share": True})


def _mine(view_id: int, by: Identity) -> SavedView:
    view = session.scalar(select(SavedView).where(SavedView.id == view_id, SavedView.user_id == by.id))
    if view is None:
        raise NotFound
    return view
