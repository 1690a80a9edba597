"""The outside world: a gateway that keeps a line for each message it was given, whatever becomes of the worker."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gateways import Gateway
from models import session


def gateways(path: Path) -> dict[str, Gateway]:
    def send(recipient: str, body: Mapping[str, Any], key: str) -> str:
        assert not session().in_transaction(), "a transaction is open while we talk to the outside"
        append(path, key)
        return "已送达"

    return {"sms": send}


def append(path: Path, key: str) -> None:
    with path.open("a") as file:
        file.write(f"{key}\n")
        file.flush()
        os.fsync(file.fileno())


def keys(path: Path) -> list[str]:
    return path.read_text().split() if path.exists() else []
