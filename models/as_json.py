"""What a JSON column is told: orjson writes it at a tenth of the work of Python's own, Chinese in half the bytes."""

import json
from typing import Any

import orjson


def as_json(value: Any) -> str:
    """The text for the database. Raises TypeError for what JSON has not."""
    try:
        return orjson.dumps(value).decode()
    except TypeError:  # a whole number beyond 64 bits, half of a surrogate pair: rare, and lost by nobody
        return json.dumps(value)
