"""A paper as one person reads it. There is no other way to its words: page, print, .docx and dossier all take it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models import Document
from queries.case.facts import Reader


@dataclass(frozen=True)
class ReadPaper:
    """`title` and `body` are masked (S-04), and tell of a confidential case nothing of its reporter (C-09)."""

    document: Document
    title: str
    body: Mapping[str, Any]

    @property
    def id(self) -> int:
        return self.document.id

    @property
    def kind(self) -> str:
        return self.document.kind

    @property
    def number(self) -> str:
        return self.document.number

    @property
    def to(self) -> str:
        return self.document.to

    @property
    def due_at(self) -> datetime | None:
        return self.document.due_at

    @property
    def raised_at(self) -> datetime:
        return self.document.raised_at


def read_paper(document: Document, reader: Reader) -> ReadPaper:
    """What names persons because it is about them, a letter to those who look into clues (F-C-6), stays as it was
    written for those of them who may know the reporter; nobody else gets it.
    """
    if document.confidential and reader.known:
        return ReadPaper(document, document.title, document.body)
    body = {label: reader.of_text(text) if isinstance(text, str) else text for label, text in document.body.items()}
    return ReadPaper(document, reader.of_text(document.title), body)
