"""Of many that are due, one that fails keeps no other from its turn; it is due again at the next tick (P7)."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from models import session

log = logging.getLogger(__name__)


def each_alone(act: Callable[..., bool], due: Iterable[tuple[Any, ...]]) -> int:
    """Do `act` with each row of arguments, a transaction of its own. Returns how often it was done."""
    return sum(_tried(act, row) for row in due)


def _tried(act: Callable[..., bool], row: tuple[Any, ...]) -> bool:
    try:
        return act(*row)
    except Exception:
        log.exception("%s%r failed", act.__name__, row)
        session.rollback()
        return False
