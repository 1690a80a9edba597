"""What a manager reads of running cases before they are migrated tells nothing of clues (XT-20)."""

import pytest

from models import SYSTEM
from operations.gate.instances import start_process
from operations.house.deployments import deploy
from operations.studio.migrating import Order
from queries.studio.migration.groups import COVERED, Groups
from tests.engine.diagrams import both, diagram, end, start, times, user
from tests.people import person
from tests.small_flow import FILES, HANDLER

WORK = {"form": "F.sign", "candidates": HANDLER}
SECRET = user("secret", **WORK, confidential="yes")


def version(secret) -> int:
    drawn = diagram(
        "small", start(), both("S"), user("open", **WORK), secret, end(), flows="start S open end; S secret end"
    )
    return deploy("small", {**FILES, "small.bpmn": drawn}).id


@pytest.mark.parametrize(
    ("who", "reads", "stands"), [("liucheng", COVERED, {"open"}), ("ducha", "secret", {"open", "secret"})]
)
def test_who_may_not_know_of_clues_reads_no_confidential_element_and_counts_none(county, clock, who, reads, stands):
    old = version(SECRET)
    start_process("small", {}, by=SYSTEM)
    groups = Groups(Order.of(old, version(times(SECRET, "2")), {}, ""), person(who))
    groups.look()
    [group] = groups.found()
    assert reads in group.reasons[0]
    assert set(groups.standing) == stands
