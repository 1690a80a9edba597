"""What somebody holds against the day a deadline falls on, and what they were answered (对时限有异议)."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.db import Base, UTCDateTime

#: The day is right; it was wrong and has been put right.
UPHELD, CORRECTED = "upheld", "corrected"


class DeadlineDispute(Base):
    """Answered once, by somebody else."""

    __tablename__ = "deadline_dispute"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    deadline_id: Mapped[int] = mapped_column(ForeignKey("deadline.id"))
    due_at: Mapped[datetime] = mapped_column(UTCDateTime)  # when it was due as it was disputed
    confidential: Mapped[bool]  # of a limit that only the holders of clues know of (XT-20)
    reason: Mapped[str]
    by: Mapped[str]  # name and unit as they were then
    by_id: Mapped[int | None]
    post: Mapped[str]  # is told of the answer
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    verdict: Mapped[str | None]  # UPHELD | CORRECTED
    answer: Mapped[str] = mapped_column(server_default="")
    answered_by: Mapped[str] = mapped_column(server_default="")
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
