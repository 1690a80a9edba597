"""A place in a list of tokens."""

from collections.abc import Callable
from typing import TypeVar

from engine.feel.errors import FeelError
from engine.feel.tokens import Token, tokenise

T = TypeVar("T")


class TokenReader:
    def __init__(self, source: str):
        self.tokens = tokenise(source)
        self.at = 0
        self.nesting = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    def sees(self, *texts: str) -> bool:
        return self.token.kind in {"mark", "keyword"} and self.token.text in texts

    def take(self, *texts: str) -> bool:
        if self.sees(*texts):
            self.at += 1
            return True
        return False

    def expect(self, *texts: str) -> str:
        token = self.token
        if not self.take(*texts):
            raise self.unexpected("或".join(f"“{text}”" for text in texts))
        return token.text

    def unexpected(self, wanted: str) -> FeelError:
        found = f"“{self.token.text}”" if self.token.kind != "end" else "到头了"
        return FeelError(f"这里应当是{wanted}，却是{found}。", self.token.column)

    def whole(self, read: Callable[[], T]) -> T:
        result = read()
        if self.token.kind != "end":
            raise FeelError(f"多出了“{self.token.text}”。", self.token.column)
        return result
