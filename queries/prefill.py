"""What a form may start with because the house knows it: who fills it in, and what day it is."""

from datetime import datetime
from typing import Any

from config import ZONE
from engine.forms import Form
from models import Identity


def prefilled(form: Form | None, by: Identity, at: datetime) -> dict[str, Any]:
    """Values of the fields whose property `prefill` asks for them: `me` the person's name, `today` the day."""
    if form is None:
        return {}
    known = {"me": by.name, "today": f"{at.astimezone(ZONE):%Y-%m-%d}"}
    asked = {field.key: field.properties.get("prefill", "") for field in form.inputs}
    return {key: known[what] for key, what in asked.items() if what in known}
