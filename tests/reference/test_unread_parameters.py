"""Parameters that nothing reads. Whoever changes one changes nothing, so each is listed here, and no other.

When a flow, a table or code begins to read one, take it off the list; when one is added that nothing reads, think why.
"""

import re
from pathlib import Path

from reference.parameters import READ_BY_CODE, READ_BY_PREFIX
from reference.seeds import seeded_parameters
from tests.bpmn.flows import FLOWS, definition

ROOT = Path(__file__).parent.parent.parent
PARTS = ("assessment", "engine", "handlers", "models", "operations", "queries", "reference", "web", "worktime")

UNREAD = {
    "sec.log_keep_months",
    "sec.pwd_history",
    "sec.pwd_max_age",
    "sec.record_keep_years",
    "tz.trial_until",
    "warn.red_at",
}


def seeded() -> set[str]:
    return {entry["key"] for entry in seeded_parameters()}


def read_by_flows() -> set[str]:
    return {key for flow in FLOWS for key in definition(flow).parameters}


def named_in_code() -> set[str]:
    """Every seeded key that stands in quotes somewhere in the product, but for the list itself and the bounds."""
    lists = ("parameters.py", "parameter_kinds.py")
    files = [path for part in PARTS for path in (ROOT / part).rglob("*.py") if path.name not in lists]
    words = {word for path in files for word in re.findall(r"\"([a-z_.]+)\"", path.read_text(encoding="utf-8"))}
    return words & seeded()


def test_what_nothing_reads_is_known():
    unread = {each for each in seeded() - read_by_flows() - READ_BY_CODE if not each.startswith(READ_BY_PREFIX)}
    assert unread == UNREAD


def test_what_code_is_said_to_read_it_reads():
    assert named_in_code() == READ_BY_CODE


def test_what_is_read_by_its_beginning_is_put_together_where_that_stands():
    files = [path for part in PARTS for path in (ROOT / part).rglob("*.py") if path.name != "parameters.py"]
    code = "".join(path.read_text(encoding="utf-8") for path in files)
    for prefix in READ_BY_PREFIX:
        assert f'f"{prefix}{{' in code
        assert any(each.startswith(prefix) for each in seeded())
