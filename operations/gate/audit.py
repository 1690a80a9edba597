"""The audit (S-01): who signed in, who changed whose rights, who looked at personal data, who took lists away.

Whatever is noted is committed with what it tells of. Nobody waits to add a row: the chain is made by the ticker.
"""

import logging
from datetime import timedelta

from sqlalchemy import func, select

from models import AuditEvent, Identity, User, now, session, transactional
from models.alone import AUDIT, first_to

log = logging.getLogger(__name__)

KINDS = {
    "sign_in": "登录",
    "account": "账号和权限",
    "organisation": "单位和岗位",
    "settings": "系统设置和运维",
    "look": "查看个人信息",
    "taken": "导出下载",
}
AT_ONCE = 500  # rows to a commit
MOST = 100  # attempts an hour that nobody can succeed in
SHOWN = 3  # signs of a username that nobody has: it may be a password, typed into the wrong field


def note(kind: str, what: str, by: Identity, *, about: User | None = None, address: str = "") -> None:
    """For callers that have a transaction."""
    _add(kind, what, by.name, by.id, about.id if about else None, address)


def note_attempt(what: str, username: str, user: User | None, address: str, *, hopeless: bool = False) -> None:
    """Of somebody who is not signed in: whose account they tried, or how the name began that nobody has. As note().

    Of `hopeless` ones, with names that nobody has or at an account that is locked, MOST an hour are kept: the records
    are kept for good, and whoever guesses would fill them. The last of them says so; the others go to the log alone.
    """
    name, user_id = user.name if user else f"{username[:SHOWN]}…", user.id if user else None
    if hopeless and (before := _of_last_hour(what, user_id)) >= MOST - 1:
        log.warning("%s，来自 %s", what, address)
        if before >= MOST:
            return
        what += f"。一小时里已有{MOST}次，此后一小时内的只写日志"
    _add("sign_in", what, name, user_id, None, address)


def _of_last_hour(what: str, user_id: int | None) -> int:
    lately = AuditEvent.at > now() - timedelta(hours=1), AuditEvent.kind == "sign_in"
    same = AuditEvent.user_id.is_not_distinct_from(user_id), AuditEvent.what.startswith(what, autoescape=True)
    return session.scalar(select(func.count()).select_from(AuditEvent).where(*lately, *same)) or 0


@transactional
def note_taken(what: str, *, by: Identity) -> None:
    """A list that somebody took out of the house."""
    note("taken", what, by)


def _add(kind: str, what: str, actor: str, user_id: int | None, about_id: int | None, address: str) -> None:
    row = AuditEvent(kind=kind, actor=actor, user_id=user_id, about_id=about_id, what=what, address=address)
    row.at = now()
    session.add(row)


def seal_audit() -> int:
    """Put the rows that were committed since into the chain. Returns how many (a step of the ticker).

    The newest place and its seal go to the log, at a level that servers keep without being told to: the chain alone
    does not tell when its end is cut off.
    """
    sealed = 0
    while _is_waiting() and (rows := _seal()):
        sealed += rows
    if sealed and (end := end_of_chain()):
        log.warning("审计记录到第%d条，印记 %s", *end)
    session.rollback()
    return sealed


def end_of_chain() -> tuple[int, str] | None:
    """Place and seal of the newest row in the chain; None before there is one."""
    placed = select(AuditEvent.place, AuditEvent.seal).where(AuditEvent.place.is_not(None))
    found = session.execute(placed.order_by(AuditEvent.place.desc()).limit(1)).first()
    return (found.place, found.seal) if found else None


def _is_waiting() -> bool:
    """Before the transaction, which is SQLite's only write lock: most of the time nothing is."""
    return session.scalar(select(AuditEvent.id).where(AuditEvent.place.is_(None)).limit(1)) is not None


@transactional
def _seal() -> int:
    """One ticker at a time: two would give the same place twice."""
    if not first_to(AUDIT):
        return 0
    rows = session.scalars(select(AuditEvent).where(AuditEvent.place.is_(None)).order_by(AuditEvent.id).limit(AT_ONCE))
    new = rows.all()
    place, seal = end_of_chain() or (0, "")
    for row in new:
        place += 1
        row.place = place
        seal = row.seal = row.seal_after(seal)
    return len(new)
