"""Reading a .docx as a person does, and as Word does."""

import io
from datetime import date
from typing import Any

import docx
from docx.oxml.ns import qn

from papers import Issued, compose, fill, standard_template, title_of

CASE = {"case_no": "XT20260007", "case_title": "历史遗留小区不动产登记"}


def issued(kind: str, body: dict[str, Any], **others: Any) -> Issued:
    """No. 3 of its kind, issued on 2026-03-12 by 县政府督查室 to 县自然资源局."""
    return Issued(
        **{
            "kind": kind,
            "number": f"{kind}〔2026〕3号",
            "title": title_of(kind, body, CASE["case_no"], CASE["case_title"]),
            "organ": "县政府督查室",
            "to": "县自然资源局",
            "day": date(2026, 3, 12),
            "body": body,
            **CASE,
            **others,
        }
    )


def printed(paper: Issued) -> bytes:
    composed = compose(paper)
    return fill(standard_template(composed.template), composed)


def opened(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def lines_of(content: bytes) -> list[str]:
    """Every paragraph from the top, those in tables and frames too."""
    body = opened(content).element.body
    return [_text(paragraph) for paragraph in body.iter(qn("w:p")) if _text(paragraph)]


def _text(paragraph: Any) -> str:
    pieces = {qn("w:t"): lambda node: node.text or "", qn("w:br"): lambda _: "\n", qn("w:tab"): lambda _: "\t"}
    return "".join(pieces[node.tag](node) for run in paragraph.iter(qn("w:r")) for node in run if node.tag in pieces)
