"""What is wrong with a template that somebody uploads. Everything is looked at before any of it is used."""

import io
import re
from collections.abc import Iterator, Mapping

import docx
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from errors import AppError
from papers.archive import BadArchive, read_archive
from papers.fields import all_names
from papers.filling import fill
from papers.kinds import NEEDED, TEMPLATES
from papers.sample import sample

MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
CONTENT_TYPES = "[Content_Types].xml"
#: Parts that run, embed or fetch something, by a piece of their names.
ACTIVE = ("vbaproject", "vbadata", "activex/", "embeddings/", "oleobject", "externallinks/", "attachedtoolbars")
#: Field codes that only count; all others can reach outside the paper (INCLUDETEXT, DDE, HYPERLINK …).
HARMLESS = re.compile(r"\s*(PAGE|NUMPAGES|SECTIONPAGES)\b[\s\\*A-Za-z]*")
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


class BadTemplate(AppError):
    """模板不能使用。"""


def check_template(key: str, content: bytes) -> None:
    """Raises BadTemplate with everything that stands in the way of printing on this template."""
    try:
        parts = read_archive(content)
    except BadArchive as error:
        raise BadTemplate(f"模板没有采用：{error}") from error
    if problems := list(_problems_of_parts(parts)) or list(_problems_of_fields(key, content)):
        raise BadTemplate("模板没有采用：\n" + "\n".join(problems))
    _try(key, content)


def _problems_of_parts(parts: Mapping[str, bytes]) -> Iterator[str]:
    if CONTENT_TYPES not in parts or "word/document.xml" not in parts:
        yield "文件不是 Word 文档（.docx）。请用 Word 或 WPS 另存为“Word 文档（*.docx）”。"
        return
    if any(piece in name.lower() for name in parts for piece in ACTIVE):
        yield "文件里有宏、控件或嵌入的对象，请删去后再上传。"
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            yield from _problems_of_xml(name, content)


def _problems_of_xml(name: str, content: bytes) -> Iterator[str]:
    try:
        root = etree.fromstring(content, _PARSER)
    except (etree.XMLSyntaxError, ValueError):
        yield f"文件已损坏：{name} 读不出来。"
        return
    if root.getroottree().docinfo.doctype:
        yield f"文件里有不允许的内容（{name} 带文档类型声明）。"
    if name == CONTENT_TYPES and not any(each.get("ContentType") == MAIN for each in root):
        yield "文件不是普通的 Word 文档（可能是带宏的文档或模板文件），请另存为“Word 文档（*.docx）”。"
    if name.endswith(".rels") and any(each.get("TargetMode") == "External" for each in root):
        yield "文件里有指向外部的链接或图片，请删去后再上传。"
    for each in root.iter("{*}altChunk", "{*}instrText", "{*}fldSimple"):
        code = each.text or "" if each.tag.endswith("}instrText") else _instruction(each)
        if code is None or (code.strip() and not HARMLESS.fullmatch(code)):
            yield f"文件里有不允许的域“{(code or 'altChunk').strip()[:30]}”，只能用页码、总页数。"


def _instruction(found: etree._Element) -> str | None:
    return next((value for name, value in found.attrib.items() if name.endswith("}instr")), None)


def _problems_of_fields(key: str, content: bytes) -> Iterator[str]:
    try:
        names = set(all_names(docx.Document(io.BytesIO(content))))
    except (PackageNotFoundError, KeyError, ValueError, AttributeError) as error:
        yield f"文件打不开（{type(error).__name__}），请用 Word 或 WPS 另存一次再上传。"
        return
    known = TEMPLATES[key].known
    for name in sorted(names - known):
        yield f"没有名为“{{{{{name}}}}}”的字段。可用的字段：{'、'.join(sorted(known))}。"
    for name in NEEDED if key != "dossier" else ("标题",):
        if name not in names:
            yield f"缺少必有的字段“{{{{{name}}}}}”。"


def _try(key: str, content: bytes) -> None:
    """Print a sample: what fails here would fail in the middle of somebody's case."""
    try:
        docx.Document(io.BytesIO(fill(content, sample(key))))
    except Exception as error:
        raise BadTemplate(f"模板没有采用：用样例试印没有成功（{type(error).__name__}）。") from error
