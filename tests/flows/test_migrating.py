"""Scenarios whose cases change their version after every step, to and fro, end as without.

The other version has a gateway more on every line: so no state can stay as it was, and every join is come to otherwise.
"""

import re
from collections.abc import Iterator
from contextlib import closing

import pytest
from sqlalchemy import select

from commands.scenarios import open_database
from engine.reading import read_processes
from models import ProcessInstance, session, virtual_clock
from operations.house.deployments import deploy
from operations.house.folders import BPMN
from operations.studio.jobs import start_job
from operations.studio.migrating import Order, migrate_case
from reference import definitions
from scenarios import runner
from scenarios.databases import Template, template
from scenarios.features import read_features
from scenarios.world import World
from tests.people import person

LINE = re.compile(rb'<bpmn:sequenceFlow id="([^"]+)"([^>]*) targetRef="([^"]+)"(/?)>')


def lengthened(file: bytes) -> bytes:
    """A gateway on every line that does not lead to an event behind an event gateway."""
    nodes = {id_: node for process in read_processes({"f.bpmn": file}).values() for id_, node in process.nodes.items()}
    kept = {
        flow.id
        for p in read_processes({"f.bpmn": file}).values()
        for flow in p.flows
        if nodes[flow.source].kind == "eventBasedGateway"
    }

    def longer(line: re.Match[bytes]) -> bytes:
        id_, between, target, closed = line.groups()
        if id_.decode() in kept:
            return line[0]
        gateway = b"on_" + id_
        first = b'<bpmn:sequenceFlow id="%s"%s targetRef="%s"%s>' % (id_, between, gateway, closed)
        more = b'<bpmn:exclusiveGateway id="%s"/><bpmn:sequenceFlow id="%s_2" sourceRef="%s" targetRef="%s"/>'
        return more % (gateway, gateway, gateway, target) + first

    return LINE.sub(longer, file)


@pytest.fixture(scope="module")
def fresh() -> Iterator[Template]:
    with closing(template(open_database, BPMN / "xt_cannot")) as made:
        yield made


class Ferry:
    """Takes every running case to the other version of its flow."""

    def __init__(self) -> None:
        self.by = person("liucheng")
        self.job = start_job("none", "flow:xt", {}, by=self.by)
        self.crossings = 0
        self.other: dict[int, int] = {}
        for row in definitions.newest_of_each():
            files = {
                name: lengthened(file) if name.endswith(".bpmn") else file
                for name, file in definitions.all_files(row.id).items()
            }
            longer = deploy(row.key, files)
            self.other |= {row.id: longer.id, longer.id: row.id}

    def cross(self) -> None:
        running = select(ProcessInstance.id, ProcessInstance.definition_id).where(ProcessInstance.ended_at.is_(None))
        for instance, version in session.execute(running).all():
            migrate_case(instance, Order.of(version, self.other[version], {}, "试验"), job_id=self.job.id, by=self.by)
            self.crossings += 1


SCENARIOS = [each for each in read_features([BPMN / "xt_cannot"]) if each.path.stem == "六个案例"][::2]


@pytest.mark.parametrize("scenario", SCENARIOS, ids=str)
def test_a_scenario_whose_cases_are_migrated_after_every_step_ends_as_it_is_written(scenario, fresh):
    with fresh.fresh(), virtual_clock(runner.BEGIN) as clock:
        ferry = Ferry()
        runner.play(scenario, World(clock, runner.BEGIN, after_each=ferry.cross))
    assert ferry.crossings
