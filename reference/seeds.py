"""The files that a new database is filled from. Some of them are read later too: what no county may change."""

import json
from functools import cache
from pathlib import Path
from typing import Any

SEEDS = Path(__file__).parent.parent / "seeds"


def read_seed(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((SEEDS / name).read_text(encoding="utf-8"))
    return data


def seeded_parameters() -> list[dict[str, Any]]:
    """The entries of all parameters, those of the documents first."""
    return [entry for name in ("parameters.json", "parameters_added.json") for entry in read_seed(name)["params"]]


@cache
def seeded_parameter(key: str) -> dict[str, Any]:
    """The entry of one parameter; of one that only an older release had, nothing is known."""
    return next((entry for entry in seeded_parameters() if entry["key"] == key), {})


def parameter_name(key: str) -> str:
    """What people call it: 一般件办理时限; the key of one that only an older release had."""
    return str(seeded_parameter(key).get("name", key))


def parameter_called(key: str) -> str:
    """As a sentence names it: 一般件办理时限（xt.handle_days.general）."""
    name = parameter_name(key)
    return key if name == key else f"{name}（{key}）"
