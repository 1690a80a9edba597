"""What a manager reads of running cases before they are migrated tells nothing of clues (XT-20)."""

from dataclasses import replace

import pytest

from errors import NotFound
from models import SYSTEM, Task, session
from operations.acts.tasks import complete_task
from operations.gate.instances import start_process
from operations.house.deployments import deploy
from operations.studio.clue_cover import COVERED
from operations.studio.migrating import CannotMigrate, Order
from operations.studio.migration_jobs import start_migration
from queries.studio.migration.groups import Groups
from queries.studio.migration.jobs import cases_of_group
from tests.engine.diagrams import both, diagram, end, start, times, user
from tests.people import holder_of, person
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


#: Onto and away from what is confidential, and to what is not there.
MAPPINGS = [{}, {"secret": ""}, {"secret": "open"}, {"secret": "no"}, {"open": "secret"}, {"open": "no"}]


def lists(order, who):
    """Of each group that this reader sees, how many cases it counts and which it lists."""
    groups = Groups(order, who)
    groups.look()
    return [
        (each.klass, each.count, [row.case_id for row in cases_of_group("small", who, order, each.key, None).rows])
        for each in groups.found()
    ]


@pytest.mark.parametrize(("after", "klass"), [(replace(SECRET, name="核实"), "safe"), (times(SECRET, "2"), "blocked")])
def test_no_mapping_tells_a_case_that_stands_on_a_confidential_element_from_another(county, clock, after, klass):
    old, who, handler = version(SECRET), person("liucheng"), holder_of("natural_resources:handler")
    knows = replace(handler, permissions=handler.permissions | {"clues"})
    cases = [start_process("small", {}, by=SYSTEM) for _ in range(2)]
    done = session.query(Task).filter_by(instance_id=cases[0].instance.id, element="secret").one()
    complete_task(done.id, {"note": "已办"}, by=knows)
    new = version(after)
    orders = [Order.of(old, new, mapping, "试") for mapping in MAPPINGS]
    [(said, count, _)] = lists(orders[0], who)
    assert (said, count) == (klass, 2)
    assert [lists(each, who) for each in orders] == [lists(orders[0], who)] * len(orders)
    for each in orders[1:]:
        with pytest.raises(NotFound):
            start_migration("small", each, only=None, by=who)
    if klass == "blocked":
        with pytest.raises(CannotMigrate, match=COVERED):
            start_migration("small", orders[0], only=None, by=who)
