"""The phrases (常用语) that one person may put into a form."""

from collections.abc import Sequence

from sqlalchemy import select

from models import Identity, Phrase, session
from operations.acts.phrases import phrases_for


def phrases(by: Identity) -> Sequence[Phrase]:
    """One's own first, then those of one's units; in each the newest first."""
    return session.scalars(select(Phrase).where(phrases_for(by)).order_by(Phrase.unit, Phrase.id.desc())).all()
