"""What a new database starts with."""

import json
from pathlib import Path
from typing import Any

from models import SYSTEM, session, transactional
from operations.calendars import edit_calendar
from operations.parameters import load_parameters
from operations.templates import load_standard_templates
from reference.calendar import newest_edition

SEEDS = Path(__file__).parent.parent / "seeds"


def read_seed(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((SEEDS / name).read_text(encoding="utf-8"))
    return data


def seeded_parameters() -> list[dict[str, Any]]:
    """The entries of all parameters, those of the documents first."""
    return [entry for name in ("parameters.json", "parameters_added.json") for entry in read_seed(name)["params"]]


@transactional
def load_reference_data() -> None:
    """Parameters, templates and the announced calendar. Safe to run at every start: what is there stays."""
    load_parameters(seeded_parameters(), by=SYSTEM)
    session.flush()
    load_standard_templates()
    if newest_edition() == 0:
        edit_calendar(read_seed("calendar_cn.json"), [], by=SYSTEM, reason="国务院办公厅历年通知")
