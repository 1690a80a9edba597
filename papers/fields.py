"""Places in a template where a fact goes: {{标题}}, in whatever runs Word has cut it into."""

import re
from collections.abc import Iterator
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn

FIELD = re.compile(r"\{\{\s*([^{}]{1,40}?)\s*\}\}")


def stories(document: Any) -> list[Any]:
    """The roots that hold text: the body, headers and footers."""
    parts = [rel.target_part for rel in document.part.rels.values() if rel.reltype in (RT.HEADER, RT.FOOTER)]
    return [document.element.body, *(part.element for part in parts)]


def paragraphs(root: Any) -> list[Any]:
    return list(root.iter(qn("w:p")))


def texts_of(paragraph: Any) -> list[Any]:
    """The w:t of a paragraph itself, not of a text box inside it."""
    return [t for t in paragraph.iter(qn("w:t")) if next(t.iterancestors(qn("w:p"))) is paragraph]


def text_of(paragraph: Any) -> str:
    return "".join(t.text or "" for t in texts_of(paragraph))


def names_in(paragraph: Any) -> list[str]:
    return FIELD.findall(text_of(paragraph))


def unclosed_in(document: Any) -> Iterator[str]:
    """Paragraphs in which braces are left over when every field is taken out: {{标题 without its end."""
    for root in stories(document):
        for paragraph in paragraphs(root):
            text = text_of(paragraph)
            if any(braces in FIELD.sub("", text) for braces in ("{{", "}}")):
                yield text


def all_names(document: Any) -> Iterator[str]:
    for root in stories(document):
        for paragraph in paragraphs(root):
            yield from names_in(paragraph)
