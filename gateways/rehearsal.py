"""The demonstration's way out: it leads nowhere, the delivery log shows what would have gone."""

from collections.abc import Mapping
from typing import Any

SAID = "没有真的发出，只记在这里"


def send(recipient: str, body: Mapping[str, Any], key: str) -> str:
    return SAID
