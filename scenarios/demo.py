"""The demonstration: a county at work, its cases played through the same steps as any scenario, up to now."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select

from config import ZONE
from models import ClockShift, User, session, transactional, virtual_clock
from models.clock import now
from operations.acts.knowledge import add_entry
from operations.house.folders import BPMN
from operations.people.organisation import load_organisation
from reference.people import identity_of
from reference.seeds import SEEDS, read_seed
from scenarios.features import Scenario, folder_background, read_features
from scenarios.moments import read_moment
from scenarios.passing import pass_until, plan_starts
from scenarios.runner import play
from scenarios.vocabulary import split_moment
from scenarios.world import World

PASSWORD = "yanshi-2026"

CASES = SEEDS / "demo_cases"

REPORTS_FROM = timedelta(days=40)  # back from now: at least one month begins in between


def load_demo() -> None:
    """Fill an empty database in which the flows are deployed: people, the time machine, cases in every stage."""
    load_organisation(read_seed("demo_county.json"), password=PASSWORD)
    _add_time_machine()
    _add_knowledge()
    present = now().astimezone(ZONE)
    session.rollback()
    stories = read_features([CASES])
    one_of_each = {story.path.parent: story for story in stories}
    usual = {folder: _usual(story, present) for folder, story in one_of_each.items()}
    for beginning, story in sorted(
        ((_beginning(story, present), story) for story in stories), key=lambda pair: pair[0]
    ):
        with virtual_clock(beginning) as clock:
            world = World(clock, present, usual=usual[story.path.parent])
            play(replace(story, steps=story.steps[len(folder_background(story.path)) :]), world)
            pass_until(world, present)
    _start_what_the_calendar_starts(present)
    session.remove()


def _usual(story: Scenario, present: datetime) -> dict[str, dict[str, str]]:
    """How the forms are filled in where a story does not say: as in the scenarios of the flow that its folder is named
    after, then as the 背景 beside it says. Read once a folder: it is the longest part of most stories.
    """
    of_flow = folder_background(BPMN / story.path.parent.name / "scenarios" / story.path.name)
    with virtual_clock(present) as clock:
        world = World(clock, present)
        play(replace(story, steps=of_flow + folder_background(story.path)), world)
        return world.usual


def _beginning(scenario: Scenario, present: datetime) -> datetime:
    """When its first dated step happens: cases get their numbers in the order they came in."""
    with virtual_clock(present) as clock:
        moments = [moment for step in scenario.steps if (moment := split_moment(step.text)[0])]
        return read_moment(World(clock, present), moments[0])


def _start_what_the_calendar_starts(present: datetime) -> None:
    """Last month's reports, about the cases just played."""
    with virtual_clock(present - REPORTS_FROM) as clock:
        plan_starts(present - REPORTS_FROM)
        pass_until(World(clock, present), present)


@transactional
def _add_knowledge() -> None:
    """A few entries of the knowledge base, each by whoever writes it in its county."""
    for entry in read_seed("demo_knowledge.json")["entries"]:
        writer = session.scalars(select(User).where(User.username == entry["by"])).one()
        add_entry(entry, by=identity_of(writer))


@transactional
def _add_time_machine() -> None:
    """The row that lets an administrator turn the clock; no other database has one."""
    session.add(ClockShift(id=1, seconds=0))
