"""Templates of official papers, as an administrator sees them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Label, func, select

import papers
from config import ZONE
from errors import NotFound
from models import TemplateEdition, session


@dataclass(frozen=True)
class Edition:
    id: int
    number: int  # among those of its template, from 1
    by: str
    at: datetime  # local
    of_project: bool


@dataclass(frozen=True)
class TemplateRow:
    """`editions` newest first: the first is in force."""

    key: str
    name: str
    kinds: tuple[str, ...]
    fields: list[str]
    editions: list[Edition]


def templates() -> list[TemplateRow]:
    """Every template with what it may name and what it has been."""
    columns = (
        TemplateEdition.id,
        TemplateEdition.key,
        TemplateEdition.by,
        TemplateEdition.at,
        TemplateEdition.of_project,
    )
    rows = session.execute(select(*columns, _number()).order_by(TemplateEdition.id.desc())).all()
    return [
        TemplateRow(
            key,
            template.name,
            template.kinds,
            sorted(template.known),
            [Edition(r.id, r.number, r.by, r.at.astimezone(ZONE), r.of_project) for r in rows if r.key == key],
        )
        for key, template in papers.TEMPLATES.items()
    ]


def edition_file(edition_id: int) -> tuple[str, bytes]:
    """Name and content of one edition. Raises NotFound."""
    row = session.get(TemplateEdition, edition_id)
    if row is None or row.key not in papers.TEMPLATES:
        raise NotFound
    return f"{papers.TEMPLATES[row.key].name}模板-第{number_of(row)}版.docx", row.content


def number_of(edition: TemplateEdition) -> int:
    """Which edition of its template it is, from 1: no row is ever taken away."""
    mine = (TemplateEdition.key == edition.key) & (TemplateEdition.id <= edition.id)
    return session.scalars(select(func.count()).where(mine)).one()


def _number() -> Label[int]:
    return func.row_number().over(partition_by=TemplateEdition.key, order_by=TemplateEdition.id).label("number")
