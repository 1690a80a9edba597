"""A case (工单／事项) and what is known about it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, UniqueConstraint, false, text, true
from sqlalchemy.orm import Mapped, mapped_column

from models.db import Base, UTCDateTime


class Case(Base):
    """The facts that lists, searches and reports ask for; the words of each form stay in `submission`."""

    __tablename__ = "case"
    __table_args__ = (
        Index(None, "created_at", "id"),
        Index(None, "phone_hash"),
        Index(None, "lead_org", "created_at", "id"),
        Index(None, "status", "created_at", "id"),
        Index(None, "registrar_id", "created_at", "id"),
        Index(None, "closed_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_no: Mapped[str | None] = mapped_column(unique=True)
    flow: Mapped[str]  # key of the definition
    flow_name: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    channel: Mapped[str] = mapped_column(default="")  # where it came in; "": the calendar began it
    status: Mapped[str] = mapped_column(default="draft")
    mark: Mapped[str] = mapped_column(default="", server_default="")  # what lists show beside the title: 紧急
    lead_org: Mapped[str | None]
    registered_by: Mapped[str] = mapped_column(default="")
    #: None: handed in from outside, or begun by the calendar.
    registrar_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    query_code: Mapped[str | None]  # what its reporter asks with, together with the number
    phone_hash: Mapped[str | None]  # of the reporter's number: the same reporter again (SPEC 2.2)
    reporter: Mapped[str] = mapped_column(default="", server_default="")  # by name: lists leave it out of titles (S-04)
    confidential: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # 办结: when its status first was of DONE
    result: Mapped[str | None]
    satisfaction: Mapped[str | None]
    excluded: Mapped[str | None]  # why it does not count in the assessment
    parameter_revision: Mapped[int] = mapped_column(default=0)  # a running case keeps what it started with (C-11)

    @property
    def archived(self) -> bool:
        """Filed, so that it is only read from now on (C-10); what is 结案 is filed later (YL-14)."""
        return self.result is not None


class CaseUnit(Base):
    """A unit that takes part in a case, and so may see it."""

    __tablename__ = "case_unit"
    __table_args__ = (Index(None, "unit", "case_id"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    unit: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[str]  # registrar | lead | co | office | COPIED


#: The statuses of a case that is over for whoever brought it: 已办结, 已销号, 不予受理, 已转出. What remains of the
#: flow (评价, a clue's decision) may keep it open: its filing is no part of when it was 办结 (YL-14, TZ-11, XX-05).
DONE = frozenset({"completed", "written_off", "rejected", "transferred_out"})

#: The mark of a case whose messages wait for no morning (XX-21).
URGENT = "紧急"

#: Of a unit that only looks on: a colleague has sent its post a copy (抄送).
COPIED = "copied"


class CaseNumber(Base):
    """The last running number of a series and year: of cases by scheme (C-01), of papers by county and kind."""

    __tablename__ = "case_number"

    county: Mapped[str] = mapped_column(primary_key=True, default="", server_default="")  # "": a case's
    scheme: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class Submission(Base):
    """One form, whole, as somebody handed it in."""

    __tablename__ = "submission"
    __table_args__ = (
        Index(None, "form", "case_id"),
        Index(
            "ix_submission_back",
            *("goes_back", "case_id"),
            sqlite_where=text("goes_back = 1"),
            postgresql_where=text("goes_back"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    task_id: Mapped[str | None]
    element: Mapped[str]
    form: Mapped[str]
    values: Mapped[dict[str, Any]] = mapped_column(JSON)
    by: Mapped[str]
    user_id: Mapped[int | None]  # whose words they are; None: without an account, or handed in before this was kept
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    #: The case goes back with it (handlers/period_troubles.py): few do, and lists count them.
    goes_back: Mapped[bool] = mapped_column(server_default=false())


#: As SQLite finds it in the index: there IS TRUE leads nowhere.
IS_BACK = Submission.goes_back == true()


class RecalledForm(Base):
    """A form that its writer has taken back (撤回): kept, and read as none of the case's forms any more."""

    __tablename__ = "recalled_form"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    task_id: Mapped[str]
    element: Mapped[str]
    form: Mapped[str]
    values: Mapped[dict[str, Any]] = mapped_column(JSON)
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    recalled_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Document(Base):
    """A paper the case gave rise to: 催办单, 转办函, 统计分析报告. Its facts are those of the day it was issued."""

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("county", "kind", "number"),
        Index(None, "case_id", "kind"),
        Index(None, "raised_at"),
        Index(None, "kind", "raised_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    county: Mapped[str] = mapped_column(default="", server_default="")  # its top unit: each keeps a register of its own
    kind: Mapped[str]
    number: Mapped[str]
    to: Mapped[str]
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    due_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    raised_at: Mapped[datetime] = mapped_column(UTCDateTime)
    title: Mapped[str] = mapped_column(default="", server_default="")
    issuer: Mapped[str] = mapped_column(default="", server_default="")  # 发文机关, by name
    confidential: Mapped[bool] = mapped_column(default=False, server_default=false())  # for holders of `clues` (XT-20)
    clue_id: Mapped[int | None] = mapped_column(ForeignKey("clue.id"))  # the one it is about (CA-12)
    template_id: Mapped[int | None] = mapped_column(ForeignKey("template_edition.id"))  # it is printed on this one


class TemplateEdition(Base):
    """One edition of a template of official papers. Never changed or taken away: papers were issued under it."""

    __tablename__ = "template_edition"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(index=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[str]
    of_project: Mapped[bool]  # drawn by papers/standard.py; an upgrade may bring a newer one
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class Clue(Base):
    """A clue for accountability (问责线索). Apart from the documents: only its own post may see it (XT-20)."""

    __tablename__ = "clue"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    org: Mapped[str]
    reason: Mapped[str]
    summary: Mapped[str]
    raised_at: Mapped[datetime] = mapped_column(UTCDateTime)
