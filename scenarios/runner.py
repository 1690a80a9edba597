"""Play scenarios, each on a database and a clock of its own."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from config import ZONE
from errors import AppError, InvalidDiagram
from models import session, virtual_clock
from scenarios import steps, vocabulary
from scenarios.databases import OpenDatabase, Template, template
from scenarios.failures import NotUnderstood, Unexpected
from scenarios.features import Scenario, Step
from scenarios.moments import read_moment
from scenarios.passing import pass_until
from scenarios.refusals import REFUSED, words_of
from scenarios.walking import Walked, walked
from scenarios.world import World

BEGIN = datetime(2026, 3, 2, 9, tzinfo=ZONE)  # a Monday, where a scenario does not say

assert steps  # importing them registers them


class ScenarioFailed(AssertionError):
    """A step did not do what it says; `words` are why."""

    def __init__(self, step: Step, message: str):
        self.step, self.words = step, message
        indented = "\n".join(f"    {line}" for line in message.splitlines())
        super().__init__(f"{step.path.name}:{step.line}: {step.keyword} {step.text}\n{indented}")


@dataclass(frozen=True)
class Outcome:
    scenario: Scenario
    seconds: float
    failure: str = ""
    walked: Walked = field(default_factory=dict)


def play(scenario: Scenario, world: World) -> None:
    """Every step in turn, on the database the session is bound to. Raises ScenarioFailed."""
    for place, step in enumerate(scenario.steps):
        world.place = place
        following = scenario.steps[place + 1] if place + 1 < len(scenario.steps) else None
        try:
            _take(step, world, may_be_refused=following is not None and following.text.startswith(REFUSED))
        except AppError as error:
            raise ScenarioFailed(step, words_of(error)) from error
        except Exception as error:
            raise ScenarioFailed(step, f"程序出错：{type(error).__name__}: {error}") from error


def _take(step: Step, world: World, may_be_refused: bool) -> None:
    session.rollback()
    moment, text = vocabulary.split_moment(step.text)
    if moment:
        pass_until(world, read_moment(world, moment))
    try:
        vocabulary.find(text, bool(step.table)).run(world, step.table)
    except (Unexpected, NotUnderstood):
        raise
    except AppError as error:
        if not may_be_refused:
            raise
        world.refusal = error
    world.after_each()


def play_fresh(scenario: Scenario, fresh: Template) -> Walked:
    """On a copy of the template. Returns what was walked. Raises ScenarioFailed."""
    with fresh.fresh(), virtual_clock(BEGIN) as clock:
        play(scenario, World(clock, BEGIN))
        return walked()


def run_all(scenarios: Iterable[Scenario], open_database: OpenDatabase, server: str = "") -> Iterator[Outcome]:
    """One outcome a scenario, as soon as it is there."""
    templates: dict[Path, Template] = {}
    try:
        for scenario in scenarios:
            started = time.monotonic()
            try:
                if scenario.flow_folder not in templates:
                    templates[scenario.flow_folder] = template(open_database, scenario.flow_folder, server)
                passed = play_fresh(scenario, templates[scenario.flow_folder])
            except (ScenarioFailed, InvalidDiagram) as failed:
                yield Outcome(scenario, time.monotonic() - started, failure=str(failed))
            else:
                yield Outcome(scenario, time.monotonic() - started, walked=passed)
    finally:
        for each in templates.values():
            each.close()
