"""Visitors without an account: each answers a question once, and hands in so much an hour from one address (S-01)."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hmac import compare_digest
from unicodedata import normalize

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from errors import AppError, InvalidForm
from models import PublicAct, keyed, now, session
from reference import parameters

PER_HOUR = 10  # where no parameter says otherwise
GOOD_FOR = timedelta(hours=4)  # a long form takes its time
ANSWERED_ALREADY = "这道题已经用过了，请回答新的一道。"
DIGITS = "零一二三四五六七八九"


class TooMany(AppError):
    """这个网络地址提交得太多了，请一小时后再试，或者到受理窗口反映。"""


@dataclass(frozen=True)
class Visitor:
    """Where the request came from, and the question that was answered for it; `wrong`: what is wrong with the answer,
    by the key of its field, to be told together with what is wrong on the form.
    """

    address: str
    token: str
    wrong: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """A small sum in words, to be read or listened to. `seal` goes with the form and says what was asked."""

    text: str
    seal: str


def ask() -> Question:
    """A new question."""
    asked = f"{secrets.token_urlsafe(12)}.{int(now().timestamp())}"
    return Question(_words(asked), f"{asked}.{_mark(asked)}")


def asked_again(seal: str) -> Question | None:
    """The question of a form that comes back with mistakes elsewhere; None when it is none of ours or too old."""
    asked, _, mark = seal.rpartition(".")
    _, _, moment = asked.partition(".")
    ours = moment.isascii() and moment.isdecimal() and compare_digest(mark.encode(), _mark(asked).encode())
    if not ours or now().timestamp() - int(moment) > GOOD_FOR.total_seconds():
        return None
    return Question(_words(asked), seal)


def token_of(seal: str, answer: str) -> str:
    """The token of a question that was answered right; "" for a wrong answer, an old question, or none of ours."""
    if asked_again(seal) is None:
        return ""
    asked, _, _ = seal.rpartition(".")
    total, said = sum(_terms(asked)), normalize("NFKC", answer).strip()
    return asked if said in (str(total), _in_chinese(total)) else ""


def require_patience(address: str) -> None:
    """Raises TooMany when this address has handed in as much as it may."""
    lately = PublicAct.address == address, PublicAct.at > now() - timedelta(hours=1)
    most = int(parameters.in_force("portal.per_hour", PER_HOUR))
    if (session.scalar(select(func.count()).select_from(PublicAct).where(*lately)) or 0) >= most:
        raise TooMany


def is_used(visitor: Visitor) -> bool:
    """Whether the answer to this question has served already."""
    return session.scalar(select(PublicAct.id).where(PublicAct.token == visitor.token)) is not None


def problems_with(visitor: Visitor) -> dict[str, str]:
    """What is wrong with the answer, by the key of its field; nothing for a right one that has not served yet."""
    if visitor.wrong:
        return dict(visitor.wrong)
    return {"answer": ANSWERED_ALREADY} if is_used(visitor) else {}


@contextmanager
def answered_once(visitor: Visitor) -> Iterator[None]:
    """Around the transaction that notes the act. Raises InvalidForm when another one with this answer came in first."""
    try:
        yield
    except IntegrityError:
        if problems := problems_with(visitor):
            raise InvalidForm(problems) from None
        raise


def note_act(visitor: Visitor, at: datetime) -> None:
    """Count what was handed in, in the transaction that keeps it, and forget what counts no more."""
    session.execute(delete(PublicAct).where(PublicAct.at <= at - GOOD_FOR))
    session.add(PublicAct(address=visitor.address, token=visitor.token, at=at))
    session.flush()


def _mark(asked: str) -> str:
    return keyed(f"question:{asked}")


def _terms(asked: str) -> tuple[int, int]:
    """Two numbers from 1 to 9 that nobody reads off the form."""
    drawn = int(keyed(f"terms:{asked}")[:8], 16)
    return drawn % 9 + 1, drawn // 9 % 9 + 1


def _words(asked: str) -> str:
    one, other = _terms(asked)
    return f"{DIGITS[one]}加{DIGITS[other]}等于几？"


def _in_chinese(total: int) -> str:
    """十二, for 12."""
    tens, ones = divmod(total, 10)
    return ("十" if tens else "") + (DIGITS[ones] if ones else "")
