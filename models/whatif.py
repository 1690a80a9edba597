"""Real cases that were played again, to see what would have come of them (推演)."""

from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.db import Base


class WhatIfCase(Base):
    """One case of a job. `why`: playing it as it was does not come to what really happened; then nothing is said of it.
    `before`, `after`: what really came of it and what would have, as scenarios/whatif/outcomes.py has it; `left`: the
    acts that would have found no place, [{"at", "element", "name", "why"}].
    """

    __tablename__ = "what_if_case"

    job_id: Mapped[int] = mapped_column(ForeignKey("job.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    why: Mapped[str] = mapped_column(default="")
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)
    left: Mapped[list[Any]] = mapped_column(JSON)
