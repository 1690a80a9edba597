"""Which of many texts say nearly the same as this one, by the short pieces they share. Pure.

Each text is the set of its pieces of two characters, each weighing the more the fewer texts have it (TF-IDF); how near
two texts are is the cosine between them: 1 for the same pieces, 0 for none in common.
"""

import re
from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import log, sqrt

from models.pieces import one_width

APART = re.compile(r"[\W_]+")  # a piece across a comma says nothing
MOST_WORDS = 4  # of those in common that are named


@dataclass(frozen=True)
class Near:
    """`at` is the place of the text among those given; `words` are in both, the most telling first."""

    at: int
    likeness: float
    words: tuple[str, ...]


class Nearest:
    """Many texts, to be asked which are near another one."""

    def __init__(self, texts: Iterable[str]):
        self._texts = list(texts)
        self._where: dict[str, array[int]] = defaultdict(lambda: array("L"))
        for at, text in enumerate(self._texts):
            for piece in pieces_of(text):
                self._where[piece].append(at)
        squares = [0.0] * len(self._texts)
        for piece, places in self._where.items():
            square = self._weight(piece) ** 2
            for at in places:
                squares[at] += square
        self._lengths = [sqrt(each) for each in squares]

    def __len__(self) -> int:
        return len(self._texts)

    def near(self, text: str, *, least: float, most: int) -> list[Near]:
        """The nearest first, at most `most`, none with a likeness under `least`."""
        whole = pieces_of(text)
        asked, length = whole & self._where.keys(), sqrt(sum(self._weight(piece) ** 2 for piece in whole))
        both: dict[int, float] = defaultdict(float)
        for piece in sorted(asked):
            square = self._weight(piece) ** 2
            for at in self._where[piece]:
                both[at] += square
        close = ((each / (self._lengths[at] * length), at) for at, each in both.items())
        ranked = sorted((each for each in close if each[0] >= least), key=lambda each: (-each[0], each[1]))[:most]
        return [Near(at, likeness, self._words(text, at)) for likeness, at in ranked]

    def _words(self, text: str, at: int) -> tuple[str, ...]:
        """In common with one of the texts; what weighs most comes first."""
        runs = words_in_common(text, pieces_of(text) & pieces_of(self._texts[at]))
        return tuple(sorted(runs, key=lambda run: -sum(map(self._weight, pieces_of(run))))[:MOST_WORDS])

    def _weight(self, piece: str) -> float:
        """Next to nothing for what all texts have, the most for what one of them has, or none."""
        had_by = len(self._where[piece]) if piece in self._where else 1
        return log((1 + len(self._texts)) / had_by)


def pieces_of(text: str) -> set[str]:
    """Each two characters that stand side by side in a word."""
    return {word[at : at + 2] for word in _spaced(text).lower().split() for at in range(len(word) - 1)}


def words_in_common(text: str, shared: set[str]) -> list[str]:
    """The runs of a text that its shared pieces cover, each once: 水表 and 表抄 stand in 水表抄."""
    runs: dict[str, None] = {}
    for word in _spaced(text).split():
        start = end = 0
        for at in range(len(word) - 1):
            if word[at : at + 2].lower() in shared:
                start, end = (start if at < end else at), at + 2
                runs.pop(word[start : end - 1], None)
                runs[word[start:end]] = None
    return list(runs)


def _spaced(text: str) -> str:
    return APART.sub(" ", one_width(text))
