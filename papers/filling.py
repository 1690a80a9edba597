"""Put a paper's facts into a template. Plain replacement: a template holds names, never anything that is run.

A paragraph whose fields are all empty is left out, but for the last of a cell. A row that has only this goes with it;
so does that of 抄送 on a form.
"""

import io
import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

import docx
from docx.oxml.ns import qn

from papers.archive import own_parts, write_archive
from papers.fields import FIELD, names_in, paragraphs, stories, text_of, texts_of
from papers.page import HEITI, element, printable
from papers.paper import Block, Paper
from papers.tables import attach

MARK = "发文机关标志"  # the style whose size gives way to a long name
MARK_ROOM, MARK_LARGEST = 440, 36  # points


def fill(template: bytes, paper: Paper) -> bytes:
    """The .docx of a paper. The same template and facts give the same bytes."""
    document = docx.Document(io.BytesIO(template))
    for root in stories(document):
        for paragraph in paragraphs(root):  # what people wrote may look like a field: nothing is read twice
            _fill_paragraph(paragraph, paper)
        for row in list(root.iter(qn("w:tr"))):
            _repeat(row, paper)
    made = io.BytesIO()
    document.save(made)
    return write_archive(own_parts(made.getvalue()))


def _repeat(row: Any, paper: Paper) -> None:
    """A row that names columns of a list stands once for each of its rows."""
    found = {name.split(".", 1)[0] for each in paragraphs(row) for name in names_in(each) if "." in name}
    for name in found & paper.lists.keys():
        for values in paper.lists[name]:
            copy = deepcopy(row)
            row.addprevious(copy)
            for paragraph in paragraphs(copy):
                _replace(paragraph, {f"{name}.{column}": text for column, text in values.items()}.get)
        row.getparent().remove(row)


def _fill_paragraph(paragraph: Any, paper: Paper) -> None:
    names = names_in(paragraph)
    if not names or any("." in name for name in names):
        return
    alone = len(names) == 1 and FIELD.fullmatch(text_of(paragraph).strip())
    if alone and names == ["正文"]:
        for block in paper.blocks:
            copy = deepcopy(paragraph)
            paragraph.addprevious(copy)
            _write(copy, block)
        if paper.blocks:
            paragraph.getprevious().get_or_add_pPr().get_or_add_keepNext()  # 署名 never stands on a page without text
        _leave_out(paragraph)
    elif alone and names == ["附表"]:
        attach(paragraph, paper.tables)
    elif not any(paper.texts.get(name) for name in names):
        _leave_out(paragraph, with_label=names == ["抄送"])
    else:
        _fit_mark(paragraph, paper.texts)
        _replace(paragraph, paper.texts.get)


def _leave_out(paragraph: Any, *, with_label: bool = False) -> None:
    """A cell must keep a paragraph, a table a row. A form's row stays to be written on, but `with_label` where nobody
    gets a copy (7.4, F-C-3).
    """
    around = paragraph.getparent()
    if around.tag == qn("w:tc") and len(around.findall(qn("w:p"))) == 1:
        row = around.getparent()
        if (with_label or len(row.findall(qn("w:tc"))) == 1) and len(row.getparent().findall(qn("w:tr"))) > 1:
            row.getparent().remove(row)
        else:
            _replace(paragraph, lambda _: "")
    else:
        around.remove(paragraph)


def _write(paragraph: Any, block: Block) -> None:
    """The heading in 黑体 before the text."""
    _replace(paragraph, lambda _: block.text)
    if block.heading:
        run = texts_of(paragraph)[0].getparent()
        head = deepcopy(run)
        run.addprevious(head)
        next(head.iter(qn("w:t"))).text = printable(block.heading)
        properties = head.get_or_add_rPr()
        for old in properties.findall(qn("w:rFonts")):
            properties.remove(old)
        properties.insert(0, element("rFonts", ascii=HEITI, hAnsi=HEITI, eastAsia=HEITI))


def _replace(paragraph: Any, value_of: Callable[[str], str | None]) -> None:
    """Each field by its value. The value takes the looks of the run in which the field begins."""
    nodes = texts_of(paragraph)
    whole = "".join(node.text or "" for node in nodes)
    for found in reversed(list(FIELD.finditer(whole))):
        value = value_of(found[1])
        _splice(nodes, found.start(), found.end(), printable(value or ""))
    for node in nodes:
        node.set(qn("xml:space"), "preserve")
        _break_lines(node)


def _splice(nodes: list[Any], start: int, end: int, text: str) -> None:
    """Replace the characters from `start` to `end` of the joined nodes."""
    at = 0
    for node in nodes:
        here = node.text or ""
        first, last = max(start - at, 0), min(end - at, len(here))
        if first < last:
            node.text, text = here[:first] + text + here[last:], ""
        at += len(here)


def _break_lines(node: Any) -> None:
    """Ends of lines and tabs are elements of their own."""
    pieces = re.split(r"([\n\t])", node.text or "")
    node.text = pieces[0]
    for kind, text in reversed(list(zip(pieces[1::2], pieces[2::2], strict=True))):
        after = deepcopy(node)
        after.text = text
        node.addnext(after)
        node.addnext(element("br" if kind == "\n" else "tab"))


def _fit_mark(paragraph: Any, texts: Mapping[str, str]) -> None:
    """发文机关标志 stands on one line, however long the name (GB/T 9704 7.2.4: 字号以醒目、美观、庄重为原则)."""
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    if style is None or style.get(qn("w:val")) != MARK:
        return
    words = FIELD.sub(lambda found: texts.get(found[1], ""), text_of(paragraph))
    size = min(MARK_LARGEST, MARK_ROOM // max(len(words), 1))
    for run in paragraph.iter(qn("w:r")):
        properties = run.get_or_add_rPr()
        for tag in ("sz", "szCs"):
            for old in properties.findall(qn(f"w:{tag}")):
                properties.remove(old)
            element(tag, properties, val=size * 2)
