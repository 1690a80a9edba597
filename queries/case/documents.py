"""The register of official papers (发文登记簿), and each paper as it is printed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

import papers
from config import ZONE
from errors import NotFound
from handlers.documents import issuer_of, organ
from handlers.periods import new_year
from models import Case, Document, Identity, Notice, ProcessInstance, TemplateEdition, session
from operations.gate.visibility import readable
from queries.case.facts import Reader, reader_of_case
from queries.case.reading import read_paper
from queries.few import of_few
from queries.pages import MAX_DIGITS, Page, page_of
from reference.counties import counties_of
from reference.people import post_names
from reference.privacy import listed


@dataclass(frozen=True)
class RegisterRow:
    id: int
    number: str
    title: str
    issuer: str
    to: str
    issued_at: datetime  # local
    case_id: int
    case_name: str
    confidential: bool


@dataclass(frozen=True)
class Receipt:
    """送达回执: a post that was told of the paper, and when somebody who holds it read that (F-YL-3, C-04)."""

    post: str
    at: datetime
    read_at: datetime | None


@dataclass(frozen=True)
class PaperView:
    """One paper worded for printing, and what is known of its delivery.

    `own_layout`: it was issued on a template that an administrator has put in; only the .docx looks like that one.
    """

    document: Document
    case_id: int
    case_name: str
    paper: papers.Paper
    receipts: list[Receipt]
    own_layout: bool


def register(
    by: Identity, *, kind: str = "", year: int | None = None, after: str | None = None, limit: int = 50
) -> Page[RegisterRow]:
    """Newest first; of one kind or year if asked. Only papers of cases this person may see."""
    found: Any = select(Document, Case).join(Case, Case.id == Document.case_id).where(readable(by))
    if kind:
        found = found.where(Document.kind == kind)
    if year is not None:
        found = found.where(Document.raised_at >= new_year(year), Document.raised_at < new_year(year + 1))
    if after and after.isdecimal() and len(after) < MAX_DIGITS:
        found = found.where(Document.id < int(after))
    rows = session.execute(of_few(found, by, Document.case_id).order_by(Document.id.desc()).limit(limit + 1)).all()
    page = page_of(rows, limit, lambda row: str(row[0].id))
    return Page([_row(document, case) for document, case in page.rows], page.next)


def kinds(by: Identity) -> list[str]:
    """The kinds of paper this person can find in the register."""
    every = select(func.min(Document.kind).label("kind")).cte(recursive=True)
    after = select(func.min(Document.kind)).where(Document.kind > every.c.kind).scalar_subquery()
    every = every.union_all(select(after).where(every.c.kind.is_not(None)))  # each leads to the next on the index
    newest = _mine(by).where(Document.kind == every.c.kind).order_by(Document.raised_at.desc(), Document.id.desc())
    # No EXISTS: PostgreSQL makes a join of that, and reads all papers.
    found = select(every.c.kind).where(newest.limit(1).correlate(every).scalar_subquery().is_not(None))
    return sorted(session.scalars(found))


def years(by: Identity) -> list[int]:
    """The years of the register, newest first."""
    mine = _mine(by).with_only_columns(Document.raised_at).limit(1)
    first, last = (session.scalar(mine.order_by(each)) for each in (Document.raised_at, Document.raised_at.desc()))
    return list(range(last.astimezone(ZONE).year, first.astimezone(ZONE).year - 1, -1)) if first and last else []


def _mine(by: Identity) -> Select[Any]:
    """The papers this person may read in the registers of their counties: others would have to be looked through for
    the few that a unit of theirs may have had to do with.
    """
    found = select(Document.id).join(Case, Case.id == Document.case_id).where(readable(by))
    if by.units and not by.can("administer"):
        county = Document.county.concat("")  # a planner that may read by county reads all of it, and sorts
        found = found.where(county.in_(("", *counties_of(by.units))))
    return of_few(found, by, Document.case_id)


def paper_view(document_id: int, by: Identity) -> PaperView:
    """Raises NotFound when there is no such paper or this person may not see it."""
    document, case = _find(document_id, by)
    of_project = select(TemplateEdition.of_project).where(TemplateEdition.id == document.template_id)
    own_layout = session.scalar(of_project) is False
    return PaperView(document, case.id, _called(case), _worded(document, case, by), _receipts(document), own_layout)


def paper_file(document_id: int, by: Identity) -> tuple[str, bytes]:
    """Name and content of the .docx, on the template it was issued under. Raises NotFound."""
    document, case = _find(document_id, by)
    return f"{document.number}.docx", printed(document, case, by)


def printed(document: Document, case: Case, by: Identity) -> bytes:
    """The .docx of one paper."""
    paper = _worded(document, case, by)
    edition = session.get(TemplateEdition, document.template_id) if document.template_id else None
    return papers.fill(edition.content if edition else papers.standard_template(paper.template), paper)


def _find(document_id: int, by: Identity) -> tuple[Document, Case]:
    mine = select(Document, Case).join(Case, Case.id == Document.case_id).where(Document.id == document_id)
    row = session.execute(mine.where(readable(by))).first()
    if row is None:
        raise NotFound
    return row[0], row[1]


def _worded(document: Document, case: Case, by: Identity) -> papers.Paper:
    reader, due = _reader(case, by), document.due_at
    read = read_paper(document, reader)
    case_no, case_title = case.case_no or "", reader.of_text(case.title)
    return papers.compose(
        papers.Issued(
            kind=document.kind,
            number=document.number,
            title=read.title or papers.title_of(document.kind, read.body, case_no, case_title),
            organ=_issuer(document, case.flow),
            to=document.to,
            day=document.raised_at.astimezone(ZONE).date(),
            body=read.body,
            due=papers.day_in_words(due.astimezone(ZONE).date()) if due else "",
            case_no=case_no,
            case_title=case_title,
        )
    )


def _issuer(document: Document, flow: str) -> str:
    """Papers of before issuers were written down: whoever urges (F-C-3), else who issues for that document today."""
    return document.issuer or organ(document.body.get("督办单位") or issuer_of(flow.split("_")[0].upper()))


def _reader(case: Case, by: Identity) -> Reader:
    definition = select(ProcessInstance.definition_id).where(ProcessInstance.case_id == case.id)
    return reader_of_case(case, session.scalars(definition).one(), by)


def _receipts(document: Document) -> list[Receipt]:
    told = select(Notice).where(
        Notice.case_id == document.case_id, Notice.text.startswith(f"{document.number}：", autoescape=True)
    )
    rows = session.scalars(told.order_by(Notice.id)).all()
    names = post_names(row.post for row in rows)
    return [
        Receipt(names[row.post], row.at.astimezone(ZONE), row.read_at and row.read_at.astimezone(ZONE)) for row in rows
    ]


def _row(document: Document, case: Case) -> RegisterRow:
    return RegisterRow(
        document.id,
        document.number,
        listed(document.title, case) or document.kind,
        document.issuer,
        document.to,
        document.raised_at.astimezone(ZONE),
        document.case_id,
        _called(case),
        document.confidential,
    )


def _called(case: Case) -> str:
    """Its number; a case that the calendar began has none, but a title of kind and period: 2026年4月督查通报."""
    return case.case_no or listed(case.title, case) or case.flow_name
