"""Put a designer's folder into use."""

import hashlib
from collections.abc import Callable, Mapping

from sqlalchemy import delete, select

import engine
import handlers
from engine import Definition, Surroundings
from errors import InvalidDiagram, NotFound, Problem
from models import (
    SYSTEM,
    DefinitionFile,
    Identity,
    ProcessDefinition,
    StartTimer,
    now,
    session,
    transactional,
)
from operations.acts.cases import BEGINS_WITH
from operations.gate.submissions import LISTS
from operations.house.schedule import first_start, next_start
from reference import definitions, parameters
from reference.clauses import is_misspelt
from reference.counties import county_names
from reference.flow_files import running
from reference.people import all_posts
from worktime.length import LONGEST

Warn = Callable[[str, Problem], None]


def unheard(_flow: str, _warning: Problem) -> None:
    """For those who are not asked: `flask flow check` says it again."""


def check_flow(key: str, files: Mapping[str, bytes], of: int | None = None) -> list[Problem]:
    """What stands in the way of deploying these files, and warnings, which do not. Runs apart from this process.

    `of`: id of a version that is of the same county.
    """
    found = engine.check_isolated(key, running(files), surroundings(of))
    if any(not problem.warning for problem in found):
        return found
    return found + _misspelt_clauses(definitions.parsed(key, files))


def surroundings(of: int | None = None) -> Surroundings:
    """What a flow, of the county of this version, may name here that stands in none of its files."""
    catalogue, counties = handlers.catalogue(), county_names()
    version = definitions.definition(of) if of is not None and counties else None
    return Surroundings(
        handlers={name: info.takes for name, info in catalogue.items()},
        parameters=set(parameters.values_at(parameters.newest_revision())),
        posts=all_posts() or None,  # a county without an organisation yet has nothing to compare with
        counties=counties,
        own_counties={counties[unit] for unit in version.units if unit in counties} if version else (),
        in_tables={text for table in version.decisions.values() for text in table.answers()} if version else (),
        given=BEGINS_WITH,
        lists=LISTS,
        longest=LONGEST,
        escalating=[name for name, info in catalogue.items() if info.escalates],
        to_posts=[
            f"{key}:{each.name}" for key, info in catalogue.items() for each in info.parameters if each.choose == "post"
        ],
        labels={key: info.name for key, info in catalogue.items()}
        | {f"{key}:{each.name}": each.label for key, info in catalogue.items() for each in info.parameters},
    )


def _misspelt_clauses(flow: Definition) -> list[Problem]:
    """Ids that look like a clause of a document we know and are none; a county's own documents have others."""
    return [
        Problem(element.id, f"{element} 的依据条款“{id_}”在文件里没有，请核对编号。")
        for element in flow.elements.values()
        for id_ in element.clauses
        if is_misspelt(id_)
    ]


def deploy(key: str, files: Mapping[str, bytes], *, by: Identity = SYSTEM, warn: Warn = unheard) -> ProcessDefinition:
    """Check the files and make them the newest version; running cases keep theirs (C-11).

    The same files again are the same version. `warn` hears, with the flow's key, of what stands in the way of nothing.
    Raises InvalidDiagram with every problem found. The check may take seconds, so it is over before a transaction
    begins.
    """
    previous = newest_or_none(key)
    if previous and previous.digest == digest_of(files):
        return previous
    found = check_flow(key, files)
    if problems := [problem for problem in found if not problem.warning]:
        raise InvalidDiagram(problems)
    row = write_version(key, files, by=by)
    for warning in found:
        warn(key, warning)
    return row


def was_deployed(key: str, files: Mapping[str, bytes]) -> bool:
    """Whether these files are, or once were, a version of this flow; versions from before scenarios were kept with
    them are told by what runs.
    """
    digests = {digest_of(files), digest_of(running(files))}
    same = (ProcessDefinition.key == key) & ProcessDefinition.digest.in_(digests)
    return session.scalar(select(ProcessDefinition.id).where(same).limit(1)) is not None


@transactional
def write_version(key: str, files: Mapping[str, bytes], *, by: Identity) -> ProcessDefinition:
    """Make these files the newest version, for callers that have had them checked."""
    parsed = definitions.parsed(key, files)
    previous = newest_or_none(key)
    row = ProcessDefinition(
        key=key,
        version=previous.version + 1 if previous else 1,
        name=parsed.name,
        digest=digest_of(files),
        deployed_by=by.name,
        files=[DefinitionFile(name=name, content=content) for name, content in sorted(files.items())],
    )
    session.add(row)
    session.flush()
    _schedule(parsed)
    return row


def _schedule(parsed: Definition) -> None:
    """A flow that begins by the calendar begins from now on as its newest version says."""
    elements = [element for element, _ in parsed.start_timers]
    of_flow = StartTimer.definition_key == parsed.key
    session.execute(delete(StartTimer).where(of_flow, StartTimer.element.not_in(elements)))
    for element, expression in parsed.start_timers:
        row = session.get(StartTimer, (parsed.key, element))
        if row is None:
            due_at = first_start(parsed, element, now())
            session.add(StartTimer(definition_key=parsed.key, element=element, due_at=due_at))
        elif row.due_at > now():  # what is due and waits, as for its county, is not lost by a new version
            row.due_at = next_start(expression, now())


def newest_or_none(key: str) -> ProcessDefinition | None:
    try:
        return definitions.newest(key)
    except NotFound:
        return None


def digest_of(files: Mapping[str, bytes]) -> str:
    """The same of the same files, whatever their order."""
    whole = hashlib.sha256()
    for name, content in sorted(files.items()):
        whole.update(f"{name}\0{len(content)}\0".encode() + content)
    return whole.hexdigest()
