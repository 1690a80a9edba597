"""The number of a case as people type it."""

import unicodedata


def as_written(text: str) -> str:
    """What was meant: spaces, small letters and the full-width signs of a phone's keyboard make no difference."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()
