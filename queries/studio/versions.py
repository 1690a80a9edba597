"""The versions of a flow: who published each, when and why."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from models import Identity, ProcessDefinition, session
from operations.studio.drafts import require_flow
from reference import definitions


@dataclass(frozen=True)
class VersionLine:
    id: int
    number: int
    at: datetime
    by: str


def versions(flow: str, by: Identity) -> list[VersionLine]:
    """Newest first. Raises NotFound, also for a flow of another county."""
    require_flow(definitions.newest(flow).id, by)
    rows = select(ProcessDefinition).where(ProcessDefinition.key == flow).order_by(ProcessDefinition.version.desc())
    return [VersionLine(row.id, row.version, row.deployed_at, row.deployed_by) for row in session.scalars(rows)]
