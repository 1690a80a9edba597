"""User tasks and who may do them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, literal_column, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.case import Case
from models.db import Base, UTCDateTime
from models.process import ProcessInstance

OPEN, COMPLETED, CANCELLED = "open", "completed", "cancelled"
_OPEN = text("state = 'open'")
#: Whether colleagues are asked about an open task (models/sign.py): to be asked when its form is handed in, asked now,
#: or its form is handed in and waits for them. What is no open task asks nobody.
UNASKED, LATER, ASKED, HELD = "", "later", "asked", "held"


class Task(Base):
    """A user task. The row stays after it is done: inbox, case file and reports all read it.

    `inbox_key` is the post it waits for, or `user:<id>` once somebody has claimed it, so that an inbox
    is one index range.
    """

    __tablename__ = "task"
    __table_args__ = (
        Index("ix_task_inbox", "inbox_key", "due_at", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_task_post", "post", "due_at", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_task_done", "done_by", "closed_at"),
        Index(None, "instance_id", "state"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    instance_id: Mapped[int] = mapped_column(ForeignKey("process_instance.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    element: Mapped[str]
    name: Mapped[str]
    item: Mapped[str] = mapped_column(default="", server_default="")  # which of several alike: 任务2：清运渣土
    floor: Mapped[str] = mapped_column(default="", server_default="")  # the process it runs in (OpenTask.floor)
    form: Mapped[str]
    post: Mapped[str]  # whose task it is
    inbox_key: Mapped[str]
    state: Mapped[str] = mapped_column(default=OPEN)
    #: What ends first of the limits that it stands under; far future where there is none.
    due_at: Mapped[datetime] = mapped_column(UTCDateTime)
    deadline_key: Mapped[str | None]
    due_name: Mapped[str] = mapped_column(default="", server_default="")  # of `due_at`, where that is not its own limit
    confidential: Mapped[bool] = mapped_column(default=False)
    clue_id: Mapped[int | None] = mapped_column(ForeignKey("clue.id"))  # which one of its case it is about (CA-12)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    claimed_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    done_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    #: Kept by operations/gate/sign_rows.py, under the case's lock. In the task's own row: of others, a statement that
    #: had to wait for the lock reads what was there before (PostgreSQL).
    asked: Mapped[str] = mapped_column(default=UNASKED, server_default=UNASKED)
    #: Two people claim at once: the second fails with AlreadyChanged.
    revision: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": revision}

    case: Mapped[Case] = relationship()
    instance: Mapped[ProcessInstance] = relationship(viewonly=True)

    @property
    def is_claimed(self) -> bool:
        return self.inbox_key != self.post


#: Written out: a planner takes the partial indexes only where it can read the word, not for a parameter.
IS_OPEN = Task.state == literal_column(f"'{OPEN}'")
