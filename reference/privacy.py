"""What lists show of the words of a case (S-04, C-09)."""

from typing import Any

from engine.masking import without_names


def listed(text: str, case: Any) -> str:
    """Text of one case among those of many, for every reader alike. `case` is a Case or a row with its `reporter` and
    `confidential`: who reported in confidence is told on the page of the case, to whom it is known there (C-09).
    """
    return without_names(text, [case.reporter], known=not case.confidential)
