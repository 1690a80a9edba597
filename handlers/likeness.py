"""Whether two texts say the same thing, near enough to ask a person (SPEC N01, N02: 查重)."""

from difflib import SequenceMatcher

ALIKE = 0.5  # twice what they share over what both have


def alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE
