"""Nobody guesses query codes: an address that erred too often waits. Counted in the database, for every process."""

from datetime import timedelta

from sqlalchemy import delete, func, select

from errors import AppError
from models import WrongQuery, now, session, transactional

ALLOWED = 10  # wrong answers of one address
WITHIN = timedelta(minutes=10)


class TooManyGuesses(AppError):
    """答错、查错的次数过多，请十分钟后再试。"""


def must_wait(address: str) -> bool:
    """Whether this address has given as many wrong answers lately as are allowed."""
    lately = WrongQuery.address == address, WrongQuery.at > now() - WITHIN
    return (session.scalar(select(func.count()).select_from(WrongQuery).where(*lately)) or 0) >= ALLOWED


@transactional
def note_wrong_query(address: str) -> None:
    """Count a wrong answer, and forget those of all addresses that count no more: nothing is done for it in between."""
    moment = now()
    session.execute(delete(WrongQuery).where(WrongQuery.at <= moment - WITHIN))
    session.add(WrongQuery(address=address, at=moment))
