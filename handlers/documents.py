"""Papers that a case gives rise to, each with a number of its own."""

from datetime import datetime
from typing import Any

from config import ZONE
from handlers.context import CaseContext
from handlers.numbers import next_number
from models import Document, session


def add_document(case: CaseContext, kind: str, to: str, body: dict[str, Any], due_at: datetime | None = None) -> str:
    """Register a paper under the next number of its kind and year, e.g. 催办单〔2026〕3号. Returns that number."""
    year = case.now.astimezone(ZONE).year
    number = f"{kind}〔{year}〕{next_number(kind, year)}号"
    session.add(
        Document(case_id=case.case.id, kind=kind, number=number, to=to, body=body, due_at=due_at, raised_at=case.now)
    )
    return number
