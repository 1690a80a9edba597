"""A flow held to the check."""

import json
from typing import Any

from engine import Surroundings, check
from errors import Problem

FORM = json.dumps({"id": "F", "type": "default", "components": []}).encode()  # of every task


def found(*diagrams: bytes, tables: bytes = b"", **around: Any) -> list[Problem]:
    """What is wrong with the process `p` of these diagrams; `around`: what it may name."""
    files = {f"{index}.bpmn": content for index, content in enumerate(diagrams)} | {"F.form.json": FORM}
    known = Surroundings(**{"handlers": {}, "parameters": ()} | around)
    return check("p", files | ({"t.dmn": tables} if tables else {}), known)
