"""What a new database starts with."""

from models import SYSTEM, session, transactional
from operations.house.calendars import edit_calendar
from operations.house.parameters import load_parameters
from operations.house.templates import load_standard_templates
from reference.calendar import newest_edition
from reference.seeds import read_seed, seeded_parameters


@transactional
def load_reference_data() -> None:
    """Parameters, templates and the announced calendar. Safe to run at every start: what is there stays."""
    load_parameters(seeded_parameters(), by=SYSTEM)
    session.flush()
    load_standard_templates()
    if newest_edition() == 0:
        edit_calendar(read_seed("calendar_cn.json"), [], by=SYSTEM, reason="国务院办公厅历年通知")
