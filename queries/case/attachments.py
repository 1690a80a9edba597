"""The files of a case as one person may see them: newest version of each first, older ones under it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import select

from config import ZONE
from models import Attachment, Case, Identity, ProcessInstance, session
from operations.acts.attachments import attachments_for
from operations.acts.file_kinds import KINDS, MB
from queries.case.facts import reader_of_case


@dataclass(frozen=True)
class FileVersion:
    """One version. `name` and `note` as this person may read them; `may_show`: a browser can show it."""

    id: int
    name: str
    version: int
    kind: str
    size: str
    note: str
    by: str
    at: datetime  # local
    digest: str
    stored: str
    may_show: bool


@dataclass(frozen=True)
class CaseAttachment:
    """One file: its newest version, and what it was before, newest first."""

    newest: FileVersion
    older: list[FileVersion]


def attachments(case: Case, by: Identity, read: Callable[[str], str]) -> list[CaseAttachment]:
    """In the order in which each first came. `read` covers in a text what this person may not know."""
    order = Attachment.from_reporter.desc(), Attachment.name, Attachment.version.desc()
    mine = select(Attachment).join(Case, Case.id == Attachment.case_id).where(Case.id == case.id, attachments_for(by))
    rows = session.scalars(mine.order_by(*order)).all()
    files = [list(versions) for _, versions in groupby(rows, key=lambda row: (row.from_reporter, row.name))]
    files.sort(key=lambda versions: versions[-1].id)
    return [CaseAttachment(*_split([_told(row, read) for row in versions])) for versions in files]


def name_to_give(attachment: Attachment, by: Identity) -> str:
    """What a browser calls the file it takes: as the list calls it for this person (S-04, C-09)."""
    instance = session.scalars(select(ProcessInstance).where(ProcessInstance.case_id == attachment.case_id)).one()
    return reader_of_case(instance.case, instance.definition_id, by).of_text(attachment.name)


def all_versions(files: list[CaseAttachment]) -> list[FileVersion]:
    """Each file's, oldest first."""
    return [version for each in files for version in (*reversed(each.older), each.newest)]


def _split(versions: list[FileVersion]) -> tuple[FileVersion, list[FileVersion]]:
    return versions[0], versions[1:]


def _told(row: Attachment, read: Callable[[str], str]) -> FileVersion:
    kind = KINDS[row.kind]
    return FileVersion(
        row.id,
        read(row.name),
        row.version,
        kind.name,
        size_in_words(row.size),
        read(row.note),
        row.by,
        row.at.astimezone(ZONE),
        row.digest,
        row.stored,
        kind.shown,
    )


def size_in_words(size: int) -> str:
    """1.2MB, 340KB."""
    return f"{size / MB:.1f}MB" if size >= MB else f"{max(1, size // 1024)}KB"
