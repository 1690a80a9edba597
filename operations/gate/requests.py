"""The same request twice has one effect (P3): a double click, a retry after a lost answer."""

from datetime import datetime

from sqlalchemy import Row, bindparam, select

from models import HandledRequest, Identity, Writes, session

_requests = HandledRequest.__table__.c
_handled = select(_requests.case_id).where(_requests.id == bindparam("request"))


def request_key(request: str | None, *asked: str, by: Identity) -> str | None:
    """One request is one person asking for one thing: the id a page carries, and what its form asks for.

    A page's id alone would let an old tab's second form, or somebody else, be answered for what was never done.
    """
    return ":".join((*asked, by.key, request)) if request else None


def already_handled(request: str | None) -> Row[int] | None:
    """The `case_id` of what this request did when it came first, or None."""
    return session.connection().execute(_handled, {"request": request}).first() if request else None


def remember(writes: Writes, request: str | None, *, case_id: int, task_id: str, at: datetime) -> None:
    if request:
        writes.add(HandledRequest, id=request, case_id=case_id, task_id=task_id, at=at)
