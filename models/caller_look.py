"""Who was shown that a case is an earlier one of a caller's. Rows are only ever added (S-04)."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.db import Base, UTCDateTime


class CallerLook(Base):
    """One case on one answer to "what has this number brought before?". The case did not change: no revision of it."""

    __tablename__ = "caller_look"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    by: Mapped[str]  # name and unit as they were then
    at: Mapped[datetime] = mapped_column(UTCDateTime)
