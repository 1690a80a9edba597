"""Templates of official papers: an administrator replaces one or takes an old edition back. Nothing is ever lost."""

import hashlib

from sqlalchemy import select

import papers
from errors import NotAllowed, NotFound
from models import SYSTEM, Identity, TemplateEdition, now, session, transactional
from operations.gate.audit import note


@transactional
def load_standard_templates() -> None:
    """Take over what the project brings along, and what it brings anew; what an administrator has put in stays."""
    for key in papers.TEMPLATES:
        newest = _newest(key)
        content = papers.standard_template(key)
        if newest is None or (newest.of_project and newest.digest != _digest(content)):
            _add(key, content, by=SYSTEM, of_project=True)


def replace_template(key: str, content: bytes, *, by: Identity) -> TemplateEdition:
    """Print this kind of paper on another template from now on. The check may take long: it is over before we write.

    Raises NotAllowed, NotFound, papers.BadTemplate with everything that is wrong.
    """
    _may(by)
    if key not in papers.TEMPLATES:
        raise NotFound
    papers.check_template(key, content)
    return _replace(key, content, by)


@transactional
def restore_template(edition_id: int, *, by: Identity) -> TemplateEdition:
    """Make an old edition the newest again. Raises NotAllowed, NotFound."""
    _may(by)
    old = session.get(TemplateEdition, edition_id)
    if old is None:
        raise NotFound
    return _replace(old.key, old.content, by, of_project=old.of_project)


@transactional
def _replace(key: str, content: bytes, by: Identity, of_project: bool = False) -> TemplateEdition:
    newest = _newest(key)
    if newest and newest.digest == _digest(content):
        return newest
    made = _add(key, content, by=by, of_project=of_project)
    note("settings", f"更换公文模板：{papers.TEMPLATES[key].name}（第{made.id}号）", by)
    return made


def _add(key: str, content: bytes, *, by: Identity, of_project: bool) -> TemplateEdition:
    row = TemplateEdition(
        key=key, content=content, digest=_digest(content), of_project=of_project, by=by.name, at=now()
    )
    session.add(row)
    session.flush()
    return row


def _newest(key: str) -> TemplateEdition | None:
    mine = select(TemplateEdition).where(TemplateEdition.key == key).order_by(TemplateEdition.id.desc())
    return session.scalar(mine.limit(1))


def _may(by: Identity) -> None:
    if not by.can("administer"):
        raise NotAllowed("只有管理员可以更换公文模板。")


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
