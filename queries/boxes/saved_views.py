"""The views of the inbox that a person has saved."""

from collections.abc import Sequence

from sqlalchemy import select

from models import Identity, SavedView, session
from queries.boxes.narrowing import Filter


def saved_views(by: Identity) -> Sequence[SavedView]:
    """In the order in which they were saved."""
    return session.scalars(select(SavedView).where(SavedView.user_id == by.id).order_by(SavedView.id)).all()


def filter_of(view: SavedView) -> Filter:
    return Filter(view.flow, view.light, view.held)
