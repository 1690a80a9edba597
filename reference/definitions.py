"""Published flows, parsed once per process."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from engine import Definition, parse
from errors import NotFound
from models import DefinitionFile, ProcessDefinition, session
from reference import parameters
from reference.cache import per_database
from reference.flow_files import running


def newest(key: str) -> ProcessDefinition:
    """The version that new cases take. Raises NotFound."""
    versions = select(ProcessDefinition).where(ProcessDefinition.key == key).order_by(ProcessDefinition.version.desc())
    found = session.scalar(versions.limit(1))
    if found is None:
        raise NotFound(f"没有名为“{key}”的流程。")
    return found


def newest_of_each() -> Sequence[ProcessDefinition]:
    """The newest version of every flow."""
    other = aliased(ProcessDefinition)
    newest_version = select(func.max(other.version)).where(other.key == ProcessDefinition.key).scalar_subquery()
    found = select(ProcessDefinition).where(ProcessDefinition.version == newest_version)
    return session.scalars(found.order_by(ProcessDefinition.key)).all()


def retired() -> frozenset[str]:
    """Keys of the flows that take no new cases; those they have go on (operations/house/retirement.py)."""
    return frozenset(parameters.in_force("flow.retired", []))


@per_database(size=128)
def definition(definition_id: int) -> Definition:
    """One published version, ready to run. Raises NotFound."""
    row = session.get(ProcessDefinition, definition_id)
    if row is None:
        raise NotFound
    return parsed(row.key, files(definition_id))


def parsed(key: str, files: Mapping[str, bytes]) -> Definition:
    """A flow of these files, to be published or just now published.

    The same files say the same in every database: a scenario has one of its own, and parsing takes long.
    """
    return _parsed(key, tuple(sorted(running(files).items())))


@lru_cache(maxsize=32)
def _parsed(key: str, files: tuple[tuple[str, bytes], ...]) -> Definition:
    return parse(key, dict(files))


def files(definition_id: int) -> dict[str, bytes]:
    """What runs of a version, by name."""
    return running(all_files(definition_id))


def all_files(definition_id: int) -> dict[str, bytes]:
    """With its scenarios and what its README says."""
    rows = select(DefinitionFile.name, DefinitionFile.content).where(DefinitionFile.definition_id == definition_id)
    return dict(session.execute(rows).all())


def changed_files(old: int, new: int) -> list[str]:
    """Names of the files in which two versions differ."""
    before, after = files(old), files(new)
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
