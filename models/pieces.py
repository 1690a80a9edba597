"""The short pieces that the words of a case are found by. Pure: the same for what is written and what is searched for.

Most Chinese words have two characters, which neither FTS5's trigrams nor pg_trgm's can look up; numbers are alike in
all but a few places. So a piece is one character, two, or four of a run of ASCII letters and digits.
"""

from collections.abc import Iterator

LONG = 4  # of letters and digits: two of them (20, 26) stand in the number of every case
RAREST = 2  # how many long pieces of a word are asked for: the last ones, which differ most
FULL_WIDTH = {code: code - 0xFEE0 for code in range(ord("！"), ord("～") + 1)}
#: ASCII that is no letter or digit, moved to where no text has anything: a tokenizer would split there.
APART = {code: 0xE000 + code for code in range(128) if not chr(code).isalnum()}
UNIT = chr(0xE000)  # begins the piece that stands for a unit


def one_width(text: str) -> str:
    """（ＸＴ２０２６） as (XT2026)."""
    return text.translate(FULL_WIDTH)


def pieces(text: str) -> set[str]:
    """All of a text."""
    found: set[str] = set()
    for word in _words(text):
        found.update(word, _in_row(word, 2), _long(word))
    return found


def pieces_of_word(word: str) -> set[str]:
    """Those that a text must have in which this word stands, a few that few texts have."""
    [word] = _words(word)
    if len(word) == 1:
        return {word}
    long = list(_long(word))
    short = (piece for piece in _in_row(word, 2) if not (long and _is_plain(piece)))
    return {*long[-RAREST:], *short}


def piece_of_unit(code: str) -> str:
    """Stands with a case that this unit handles."""
    return UNIT + code.lower().translate(APART)


def _words(text: str) -> list[str]:
    """As a piece has them: small letters, nothing that a tokenizer splits at."""
    return [word.translate(APART) for word in one_width(text).lower().split()]


def _in_row(word: str, length: int) -> Iterator[str]:
    return (word[start : start + length] for start in range(len(word) - length + 1))


def _long(word: str) -> Iterator[str]:
    return (piece for piece in _in_row(word, LONG) if _is_plain(piece))


def _is_plain(piece: str) -> bool:
    return piece.isascii() and piece.isalnum()
