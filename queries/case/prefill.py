"""What a form may start with because the house knows it: who fills it in, for which unit, the day, what was said."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from config import ZONE
from engine.forms import Form
from models import Identity
from reference.counties import own_units

NOTHING: Mapping[str, Any] = {}
MEETING = "meeting."


def prefilled(
    form: Form | None,
    by: Identity,
    at: datetime,
    said: Mapping[str, Any] = NOTHING,
    meeting: Callable[[], Mapping[str, Any]] = dict,
) -> dict[str, Any]:
    """Values of the fields whose property `prefill` asks for them: `me` the person's name, `today` the day, `unit` the
    one unit in whose name this person may act, `case` what a form of this case last `said` under the same key,
    `meeting.…` what is known of the `meeting` that the case was brought to (queries/meetings/attendance.py).
    """
    if form is None:
        return {}
    asked = {field.key: field.properties.get("prefill", "") for field in form.inputs}
    known: dict[str, Any] = {"me": by.name, "today": f"{at.astimezone(ZONE):%Y-%m-%d}"}
    if "unit" in asked.values() and len(own := own_units(by)) == 1:
        known["unit"] = own[0][0]
    if any(what.startswith(MEETING) for what in asked.values()):
        known |= {f"{MEETING}{key}": value for key, value in meeting().items()}
    of_house = {key: known[what] for key, what in asked.items() if what in known}
    kept = {field.key for field in form.inputs if "personal" in field.properties or field.confidential}  # C-09, XT-20
    known_of_case = said.keys() - kept
    of_case = {key: said[key] for key, what in asked.items() if what == "case" and key in known_of_case}
    return of_house | of_case
