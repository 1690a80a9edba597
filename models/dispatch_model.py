"""What was learnt from the cases a county has closed: which unit handled what (推荐承办单位)."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from models.db import Base, UTCDateTime


class DispatchModel(Base):
    """One a county, made anew in the background; a case in it is an example, and no fact about it. What a case says
    is read from the case: no text is kept twice.
    """

    __tablename__ = "dispatch_model"

    county: Mapped[str] = mapped_column(primary_key=True)  # the code of its top unit
    learnt_at: Mapped[datetime] = mapped_column(UTCDateTime)
    #: The ids of the cases, the newest first.
    examples: Mapped[list[Any]] = mapped_column(JSON)
