"""Which of many texts say nearly the same as this one, by the short pieces they share. Pure.

Each text is the set of its pieces of two characters and more, each weighing the more the fewer texts have it (TF-IDF);
how near two texts are is the cosine between them: 1 for the same pieces, 0 for none in common.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import log, sqrt

from models.pieces import one_width, pieces

APART = re.compile(r"[\W_]+")  # a piece across a comma says nothing
MOST_WORDS = 4  # of those in common that are named


@dataclass(frozen=True)
class Near:
    """`at` is the place of the text among those given; `words` are in both, the longest first."""

    at: int
    likeness: float
    words: tuple[str, ...]


class Nearest:
    """Many texts, to be asked which are near another one."""

    def __init__(self, texts: Iterable[str]):
        self._texts = [pieces_of(text) for text in texts]
        self._had_by = Counter(piece for each in self._texts for piece in each)
        self._lengths = [self._length(each) for each in self._texts]
        self._where: dict[str, list[int]] = defaultdict(list)
        for at, each in enumerate(self._texts):
            for piece in each:
                self._where[piece].append(at)

    def __len__(self) -> int:
        return len(self._texts)

    def near(self, text: str, *, least: float, most: int) -> list[Near]:
        """The nearest first, at most `most`, none with a likeness under `least`."""
        asked = pieces_of(text) & self._where.keys()
        whole = self._length(pieces_of(text))
        shared: dict[int, float] = defaultdict(float)
        for piece in asked:
            for at in self._where[piece]:
                shared[at] += self._weight(piece) ** 2
        ranked = sorted(((self._cosine(both, at, whole), -at) for at, both in shared.items()), reverse=True)
        close = [(-at, likeness) for likeness, at in ranked[:most] if likeness >= least]
        return [Near(at, likeness, words_in_common(text, asked & self._texts[at])) for at, likeness in close]

    def _cosine(self, both: float, at: int, whole: float) -> float:
        return both / (self._lengths[at] * whole)

    def _weight(self, piece: str) -> float:
        return log((1 + len(self._texts)) / (1 + self._had_by[piece])) + 1

    def _length(self, found: Iterable[str]) -> float:
        return sqrt(sum(self._weight(piece) ** 2 for piece in found))


def pieces_of(text: str) -> set[str]:
    return {piece for piece in pieces(_spaced(text)) if len(piece) > 1}


def words_in_common(text: str, shared: set[str]) -> tuple[str, ...]:
    """The runs of a text that its shared pieces cover, each once: 水表 and 表抄 stand in 水表抄."""
    runs: dict[str, None] = {}
    for word in _spaced(text).split():
        start = end = 0
        for at in range(len(word) - 1):
            if word[at : at + 2].lower() in shared:
                start, end = (start if at < end else at), at + 2
                longer = word[start:end]
                runs.pop(longer[:-1], None)
                runs[longer] = None
    return tuple(sorted(runs, key=len, reverse=True)[:MOST_WORDS])


def _spaced(text: str) -> str:
    return APART.sub(" ", one_width(text))
