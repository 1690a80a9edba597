"""What a schema's properties may hold. form-js writes some numbers as text, and FEEL where people wrote it."""

import json
import math
from typing import Any

from engine.forms.form import Choice

MAX_WORDS = 5000
MAX_CHOICES = 500
MAX_COUNT = 20_000


def words(value: Any) -> str:
    return value.strip()[:MAX_WORDS] if isinstance(value, str) else ""


def truth(value: Any) -> bool:
    if value in (None, "", False, "false", "no"):
        return False
    if value in (True, "true", "yes"):
        return True
    raise ValueError(value)


def number(value: Any) -> int | float | None:
    if value in (None, "") or isinstance(value, bool):
        return None
    found = float(value)
    if not math.isfinite(found) or abs(found) > 10**15:
        raise ValueError(value)
    return int(found) if found == int(found) else found


def count(value: Any) -> int | None:
    found = number(value)
    if found is not None and (found != int(found) or not 0 <= found <= MAX_COUNT):
        raise ValueError(value)
    return None if found is None else int(found)


def choices(values: Any) -> tuple[Choice, ...]:
    if values is None:
        return ()
    if not isinstance(values, list) or len(values) > MAX_CHOICES:
        raise ValueError(values)
    found = tuple(choice(one) for one in values)
    if len({one.value for one in found}) < len(found):
        raise ValueError(values)
    return found


def choice(one: Any) -> Choice:
    """form-js lets a value be a number; what a browser sends back is text."""
    value = one.get("value") if isinstance(one, dict) else one
    text = words(value) if isinstance(value, str) else json.dumps(value) if isinstance(value, int | float) else ""
    if not text:
        raise ValueError(one)
    return Choice(text, words(one.get("label")) or text if isinstance(one, dict) else text)


def own_properties(component: dict[str, Any]) -> dict[str, str]:
    found = component.get("properties")
    if not isinstance(found, dict):
        return {}
    return {str(key): str(value) for key, value in found.items() if not isinstance(value, dict | list)}
