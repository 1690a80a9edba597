"""Templates of official papers, as an administrator sees them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

import papers
from config import ZONE
from errors import NotFound
from models import TemplateEdition, session


@dataclass(frozen=True)
class Edition:
    id: int
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
    rows = session.execute(select(*columns).order_by(TemplateEdition.id.desc())).all()
    return [
        TemplateRow(
            key,
            template.name,
            template.kinds,
            sorted(template.known),
            [Edition(r.id, r.by, r.at.astimezone(ZONE), r.of_project) for r in rows if r.key == key],
        )
        for key, template in papers.TEMPLATES.items()
    ]


def edition_file(edition_id: int) -> tuple[str, bytes]:
    """Name and content of one edition. Raises NotFound."""
    row = session.get(TemplateEdition, edition_id)
    if row is None or row.key not in papers.TEMPLATES:
        raise NotFound
    return f"{papers.TEMPLATES[row.key].name}模板-{row.id}.docx", row.content
