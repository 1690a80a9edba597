"""What was done to units and accounts is written down with it, for their pages and for the audit. Who was given which
post is in PostChange.
"""

from models import Identity, OrganisationChange, Unit, User, now, session
from operations.gate.audit import note


def note_change(
    what: str, by: Identity, *, unit: Unit | None = None, user: User | None = None, also: User | None = None
) -> None:
    """`what` is a sentence; the caller commits it with what it tells of. It stands on the page of the unit, of the user
    and of whom it `also` touches, and in the audit once.
    """
    _stands_with(unit, user, what, by)
    if also:
        _stands_with(None, also, what, by)
    whose = f"{user.name}（{user.username}）" if user else unit.name if unit else ""
    note("account" if user else "organisation", f"{whose}：{what}", by, about=user)
    session.flush()


def _stands_with(unit: Unit | None, user: User | None, what: str, by: Identity) -> None:
    row = OrganisationChange(unit_id=unit.id if unit else None, user_id=user.id if user else None, what=what)
    row.at, row.by = now(), by.name
    session.add(row)
