"""Papers that a case gives rise to, each with a number of its own."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

import papers
from assessment import Working
from config import ZONE
from handlers.context import CaseContext
from handlers.numbers import next_number
from models import Document, ParameterValue, TemplateEdition, Unit, session

ISSUERS = "doc.issuer"


def add_document(
    case: CaseContext,
    kind: str,
    to: str,
    body: dict[str, Any],
    due_at: datetime | None = None,
    *,
    issuer: str = "",
    confidential: bool = False,
    clue: int | None = None,
) -> str:
    """Register a paper under the next number of its county, kind and year, e.g. 催办单〔2026〕3号. Returns that number.

    What it says of the case and of who issues it is written down now: a paper does not change after it was issued.
    Without `issuer` (a unit's code or a name) it is the one the parameter doc.issuer names for the scheme. `clue`: the
    id of the one it is about (CA-12).
    """
    year = case.now.astimezone(ZONE).year
    county = case.county()
    number = f"{kind}〔{year}〕{next_number(kind, year, county)}号"
    session.add(
        Document(
            case_id=case.case.id,
            county=county,
            kind=kind,
            number=number,
            to=to,
            body=body,
            due_at=due_at,
            raised_at=case.now,
            title=papers.title_of(kind, body, case.case.case_no or "", case.case.title or ""),
            issuer=organ(issuer or issuer_of(case.scheme)),
            confidential=confidential,
            clue_id=clue,
            template_id=_template(kind),
        )
    )
    return number


def workings_of(unit: str, name: str, *workings: Working) -> dict[str, Any]:
    """One unit's entry under a paper's hidden key "_workings": what a page unfolds (queries/lists/scores.py)."""
    return {"unit": unit, "name": name, "trees": [each.as_value() for each in workings]}


def organ(unit: str) -> str:
    """The name a unit signs with: what stands in brackets only says where it sits (F-YL-3: 落款县政务吹哨办)."""
    name = session.scalar(select(Unit.name).where(Unit.code == unit)) or unit
    return name.split("（")[0] if name.endswith("）") else name


def issuer_of(scheme: str) -> str:
    """The unit or name that issues the papers of a document of the county: XT, YL …"""
    newest = select(ParameterValue.value).where(ParameterValue.key == ISSUERS).order_by(ParameterValue.id.desc())
    issuers: dict[str, str] = session.scalar(newest.limit(1)) or {}
    return issuers.get(scheme, "")


def _template(kind: str) -> int | None:
    """The edition in force now; None where none was ever loaded."""
    mine = select(TemplateEdition.id).where(TemplateEdition.key == papers.template_of(kind))
    return session.scalar(mine.order_by(TemplateEdition.id.desc()).limit(1))
