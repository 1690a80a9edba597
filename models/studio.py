"""What designers work on: drafts of flows. Nothing of it runs until it is published (C-11)."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.db import Base, UTCDateTime

#: How far a draft has come. Only one that is "editing" can be changed; "published" and "discarded" are its ends.
EDITING, SUBMITTED, SCHEDULED, PUBLISHED, DISCARDED = "editing", "submitted", "scheduled", "published", "discarded"


class FlowDraft(Base):
    """A change of one flow that is being prepared: diagrams, tables, forms, scenarios and parameters together.

    It holds what differs from the version it began with (`base_id`); `reference/flow_drafts.py` puts both together.
    """

    __tablename__ = "flow_draft"
    __table_args__ = (Index(None, "flow", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    flow: Mapped[str]  # key of the flow
    base_id: Mapped[int] = mapped_column(ForeignKey("process_definition.id"))
    name: Mapped[str]  # what the change is about, in the designer's words
    state: Mapped[str] = mapped_column(default=EDITING)
    #: Rises with every change; what was checked, tried or approved names the one it saw.
    revision: Mapped[int] = mapped_column(default=0)
    #: Its revision when it took its base: an editor that opened a file before names an older one.
    base_revision: Mapped[int] = mapped_column(default=0, server_default="0")
    begun_at: Mapped[datetime] = mapped_column(UTCDateTime)
    begun_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    publish_at: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)  # of one that is SCHEDULED
    published_id: Mapped[int | None] = mapped_column(ForeignKey("process_definition.id"))

    files: Mapped[list["FlowDraftFile"]] = relationship(cascade="all, delete-orphan", order_by="FlowDraftFile.name")
    values: Mapped[list["FlowDraftValue"]] = relationship(cascade="all, delete-orphan", order_by="FlowDraftValue.key")


class FlowDraftFile(Base):
    """One file as the draft has it, in place of the base's. `content` None: the draft does without it."""

    __tablename__ = "flow_draft_file"

    draft_id: Mapped[int] = mapped_column(ForeignKey("flow_draft.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    #: The draft's revision at its last change: whoever saves says which one they began with.
    revision: Mapped[int]
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    changed_by: Mapped[str]


class FlowDraftValue(Base):
    """A parameter that gets a new value when the draft is published."""

    __tablename__ = "flow_draft_value"

    draft_id: Mapped[int] = mapped_column(ForeignKey("flow_draft.id"), primary_key=True)
    key: Mapped[str] = mapped_column(ForeignKey("parameter.key"), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)
    basis: Mapped[str] = mapped_column(default="")  # number of the document that allows it (SPEC 2.6)
    #: The newest revision of the parameters when it was typed: what others set since has not been looked at.
    seen: Mapped[int] = mapped_column(default=0, server_default="0")


class FlowDraftEvent(Base):
    """Who did what to a draft, and why. Rows are only added; those of one person on one file in a row are one row."""

    __tablename__ = "flow_draft_event"
    __table_args__ = (Index(None, "draft_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("flow_draft.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # None: the clock
    by: Mapped[str]
    kind: Mapped[str]  # a key of operations.studio.drafts.KINDS
    file: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")  # the reason given, or what was done


class FlowPublication(Base):
    """Why there is a version: the draft it was, or the older version it brings back. One that a command deployed has
    none.
    """

    __tablename__ = "flow_publication"

    definition_id: Mapped[int] = mapped_column(ForeignKey("process_definition.id"), primary_key=True)
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("flow_draft.id"))
    restored_id: Mapped[int | None] = mapped_column(ForeignKey("process_definition.id"))
    reason: Mapped[str]


class TrialOutcome(Base):
    """How a scenario of a draft went when it was last tried; a file's rows go when a later revision of it is tried."""

    __tablename__ = "trial_outcome"

    draft_id: Mapped[int] = mapped_column(ForeignKey("flow_draft.id"), primary_key=True)
    file: Mapped[str] = mapped_column(primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[int]  # of the draft
    name: Mapped[str]
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    milliseconds: Mapped[int]
    #: {} when it passed, else {"file", "line", "step", "words"}: where it failed, and why.
    failure: Mapped[dict[str, Any]] = mapped_column(JSON)
    #: Elements passed, by flow: {"xt_cannot": ["N07_sign", …]}.
    walked: Mapped[dict[str, Any]] = mapped_column(JSON)
    #: Where its cases came, drawing by drawing: [{"case", "id", "name", "tokens", "done", "late", "frames"}].
    ways: Mapped[list[Any]] = mapped_column(JSON)


class ScenarioMend(Base):
    """What a draft's scenarios were before many of them were mended together; of each draft the last time."""

    __tablename__ = "scenario_mend"

    draft_id: Mapped[int] = mapped_column(ForeignKey("flow_draft.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by: Mapped[str]
    words: Mapped[str]  # what was done
    #: By name: {"own": whether the draft had an edition of its own, "text" of that or None, "revision" since}.
    files: Mapped[dict[str, Any]] = mapped_column(JSON)
