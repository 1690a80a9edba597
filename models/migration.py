"""Running cases that were taken to another version of their flow."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from models.db import Base, UTCDateTime

MIGRATED, FAILED, BACK = "migrated", "failed", "back"


class CaseMigration(Base):
    """One case of a job: taken over, not taken over because something went wrong, or taken back."""

    __tablename__ = "case_migration"
    __table_args__ = (Index(None, "job_id", "outcome", "id"), Index(None, "instance_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("job.id"))
    instance_id: Mapped[int] = mapped_column(ForeignKey("process_instance.id"))
    outcome: Mapped[str]
    problem: Mapped[str] = mapped_column(default="")  # why it failed, or could not be taken back
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    #: State of before, and the rows beside it, while it can be taken back.
    before: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    kept: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), deferred=True)
