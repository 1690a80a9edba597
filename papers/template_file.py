"""The file of a template that is drawn here: nothing of python-docx's own in it, and the same bytes at every start."""

import io
from typing import Any

from docx.oxml.ns import qn

from papers.archive import own_parts, write_archive
from papers.page import INSTEAD

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def file_of(document: Any) -> bytes:
    """The .docx."""
    _tidy(document)
    made = io.BytesIO()
    document.save(made)
    archive = own_parts(made.getvalue())
    archive["word/fontTable.xml"] = _font_table()
    archive.pop("docProps/thumbnail.jpeg", None)
    archive["_rels/.rels"] = _without_thumbnail(archive["_rels/.rels"])
    return write_archive(archive)


def _tidy(document: Any) -> None:
    """Nobody wrote it, and at no time: the same template is the same bytes."""
    properties = document.core_properties
    properties.author = properties.last_modified_by = properties.comments = properties.title = ""
    settings = document.settings.element
    for tag in ("w:compat",):
        for old in settings.findall(qn(tag)):
            settings.remove(old)


def _font_table() -> bytes:
    """Which fonts stand in for those a machine does not have."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{instead}"/><w:charset w:val="86"/></w:font>'
        for name, instead in INSTEAD.items()
    )
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="{W}">{fonts}</w:fonts>'.encode()


def _without_thumbnail(relations: bytes) -> bytes:
    head, mark, rest = relations.partition(b"thumbnail.jpeg")
    if not mark:
        return relations
    start = head.rindex(b"<Relationship ")
    return head[:start] + rest[rest.index(b"/>") + 2 :]
