"""What stands on a form that is open to everybody: a small sum to answer, and a field that nobody sees."""

from dataclasses import dataclass, field
from typing import Any

from flask import request

from errors import InvalidForm
from operations.gate.guessing import TooManyGuesses, must_wait, note_wrong_query
from operations.public.visitors import Question, Visitor, ask, asked_again, require_patience, token_of
from web.typed import read_values

#: Fields of the page itself. The last one nobody sees; what fills in whatever it finds is no person.
QUESTION, ANSWER, TRAP = "question", "answer", "website"
WRONG = "答案不对，请再算一次，填数字。"
OLD = "这道题过期了，请回答新的一道。"
TRAPPED = "“网址”一栏请留空。"


@dataclass(frozen=True)
class Sent:
    """A form as a visitor sent it: its own `values`, and what was said to the question on it."""

    values: dict[str, Any]
    address: str
    answer: str
    trap: str
    seal: str
    token: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "token", token_of(self.seal, self.answer))

    def visitor(self) -> Visitor:
        """Who may hand it in, with what is wrong with their answer. Raises TooManyGuesses, TooMany, InvalidForm for
        what is no person.
        """
        require_leave(self.address)
        if self.trap:
            raise InvalidForm({TRAP: TRAPPED})
        if self.token:
            return Visitor(self.address, self.token)
        if known := asked_again(self.seal):
            note_wrong_query(self.address)
        return Visitor(self.address, "", {ANSWER: WRONG if known else OLD})

    def next_question(self, problems: dict[str, str]) -> tuple[Question, str]:
        """The question for the page that comes back, and its answer: who answered right is not asked another one."""
        again = asked_again(self.seal) if self.token and ANSWER not in problems else None
        return (again, self.answer) if again else (ask(), "")


def require_leave(address: str) -> None:
    """Raises TooManyGuesses, TooMany where an address has to wait: answers are guessed as codes are."""
    if must_wait(address):
        raise TooManyGuesses
    require_patience(address)


def sent() -> Sent:
    """This request."""
    values = read_values()
    seal, answer, trap = (str(values.pop(key, "")) for key in (QUESTION, ANSWER, TRAP))
    return Sent(values, request.remote_addr or "", answer, trap, seal)
