"""A definition is deployed; an instance of it runs one case."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.case import Case
from models.clock import now
from models.db import Base, UTCDateTime

_SUSPENDED = text("suspended_at IS NOT NULL")


class ProcessDefinition(Base):
    """One version of a flow with everything it needs. Never changed: running cases depend on it (C-11)."""

    __tablename__ = "process_definition"
    __table_args__ = (UniqueConstraint("key", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    version: Mapped[int]
    name: Mapped[str]
    digest: Mapped[str]  # of the files: the same folder deployed twice is one version
    deployed_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    deployed_by: Mapped[str]

    files: Mapped[list["DefinitionFile"]] = relationship(cascade="all, delete-orphan")


class DefinitionFile(Base):
    """A diagram, decision table, form or scenario, byte for byte as the designer saved it."""

    __tablename__ = "definition_file"

    definition_id: Mapped[int] = mapped_column(ForeignKey("process_definition.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class ProcessInstance(Base):
    """The token state of one case. `state` is bytes: a JSON column would reorder keys and lose data."""

    __tablename__ = "process_instance"
    __table_args__ = (
        Index("ix_process_instance_suspended", "suspended_at", sqlite_where=_SUSPENDED, postgresql_where=_SUSPENDED),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), unique=True)
    definition_id: Mapped[int] = mapped_column(ForeignKey("process_definition.id"), index=True)
    state: Mapped[bytes] = mapped_column(LargeBinary)
    #: How often each element has been completed; the diagram tints them and `count()` reads it.
    passed: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    started_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    #: How often in a row the clock took this case on and did not finish it; after three it is quarantined (P7).
    attempts: Mapped[int] = mapped_column(default=0)
    #: Until then one worker has this case; it is neither tried nor counted again by another.
    leased_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    #: Two people, or a person and the clock, move one case: the second fails with AlreadyChanged (P2).
    revision: Mapped[int] = mapped_column(default=0)

    #: Since when and why an operator has suspended it (operations/gate/suspension.py), and the keys of the deadlines
    #: that go on with it; NULL, "" and NULL while it runs.
    suspended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    suspended_why: Mapped[str] = mapped_column(default="", server_default="")
    suspended_limits: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True), deferred=True)

    #: State of before the last completion, and what else takes it back (撤回); None: there is nothing to take back.
    before: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    undo: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), deferred=True)

    case: Mapped[Case] = relationship(lazy="joined", innerjoin=True)


class StartTimer(Base):
    """When a flow that begins by the calendar begins next (XT-N30). One row a timer start event in force."""

    __tablename__ = "start_timer"

    definition_key: Mapped[str] = mapped_column(primary_key=True)
    element: Mapped[str] = mapped_column(primary_key=True)
    due_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
