"""Two cases that belong together (关联), or say the same so that one leads (并案); a 督办单 and what it is about."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.db import Base, UTCDateTime

RELATED, MERGED, ORDERS = "related", "merged", "orders"
#: The note of a history row that names the other case: who may not see that one does not read the row.
OTHER = "other_case"


class CaseLink(Base):
    """Never erased: one that holds no more says who has ended it and why. Of MERGED ones `case_id` follows, `other_id`
    leads; of ORDERS ones it supervises `other_id`, for good.
    """

    __tablename__ = "case_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    kind: Mapped[str]  # RELATED | MERGED | ORDERS
    reason: Mapped[str]
    by: Mapped[str]  # name and unit as they were then
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_reason: Mapped[str] = mapped_column(server_default="")
    ended_by: Mapped[str] = mapped_column(server_default="")
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
