"""Files of a case (附件)."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.db import Base, UTCDateTime


class Attachment(Base):
    """One version of one file. Never changed or taken away: the same name again is its next version.

    The bytes are models/files.py's, under `stored`; `digest` says that they are still the same (SPEC 2.2).
    """

    __tablename__ = "attachment"
    __table_args__ = (UniqueConstraint("case_id", "from_reporter", "name", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    name: Mapped[str]  # as its owner called it: only shown, never a path
    version: Mapped[int]
    kind: Mapped[str]  # what its content is: a key of operations.acts.file_kinds.KINDS
    size: Mapped[int]  # bytes
    digest: Mapped[str]  # SHA-256, hexadecimal
    stored: Mapped[str] = mapped_column(unique=True)
    note: Mapped[str]
    from_reporter: Mapped[bool]  # only for who may ask for the reporter (operations/acts/privacy.py)
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(UTCDateTime)
