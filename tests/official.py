"""An official paper of a case, issued as a handler issues it."""

from typing import Any

from sqlalchemy import select

from handlers import CaseContext
from handlers.documents import add_document
from models import SYSTEM, Case, Document, ProcessInstance, now, session
from operations.gate.deadlines import DeadlineBook


def context_of(case: Case, scheme: str = "XT") -> CaseContext:
    instance = session.scalars(select(ProcessInstance).where(ProcessInstance.case_id == case.id)).one()
    return CaseContext(case, instance, now(), SYSTEM, DeadlineBook(case, now()), scheme)


def issue(case: Case, kind: str, body: dict[str, Any] | None = None, to: str = "县税务局", **others: Any) -> Document:
    number = add_document(context_of(case), kind, to, body or {"内容": "正文一段。"}, **others)
    session.commit()
    return session.scalars(select(Document).where(Document.number == number)).one()
