"""What a form may start with because the house knows it: who fills it in, for which unit, the day, what was said."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from config import ZONE
from engine.forms import Form
from models import Identity
from reference.counties import own_units

NOTHING: Mapping[str, Any] = {}


def prefilled(form: Form | None, by: Identity, at: datetime, said: Mapping[str, Any] = NOTHING) -> dict[str, Any]:
    """Values of the fields whose property `prefill` asks for them: `me` the person's name, `today` the day, `unit` the
    one unit in whose name this person may act, `case` what a form of this case last `said` under the same key.
    """
    if form is None:
        return {}
    asked = {field.key: field.properties.get("prefill", "") for field in form.inputs}
    known = {"me": by.name, "today": f"{at.astimezone(ZONE):%Y-%m-%d}"}
    if "unit" in asked.values() and len(own := own_units(by)) == 1:
        known["unit"] = own[0][0]
    of_house = {key: known[what] for key, what in asked.items() if what in known}
    kept = {field.key for field in form.inputs if "personal" in field.properties or field.confidential}  # C-09, XT-20
    known_of_case = said.keys() - kept
    of_case = {key: said[key] for key, what in asked.items() if what == "case" and key in known_of_case}
    return of_house | of_case
