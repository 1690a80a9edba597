"""What is wrong with a template that somebody uploads. Everything is looked at before any of it is used."""

import io
import re
from collections.abc import Iterator, Mapping

import docx
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from errors import AppError
from papers.archive import BadArchive, read_archive
from papers.fields import all_names, unclosed_in
from papers.filling import fill
from papers.kinds import NEEDED, TEMPLATES
from papers.sample import sample

MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
CONTENT_TYPES = "[Content_Types].xml"
#: Parts that run, embed or fetch something, by a piece of their names.
ACTIVE = ("vbaproject", "vbadata", "activex/", "embeddings/", "oleobject", "externallinks/", "attachedtoolbars")
#: Field codes that only count; all others can reach outside the paper (INCLUDETEXT, DDE, HYPERLINK …).
HARMLESS = re.compile(r"\s*(PAGE|NUMPAGES|SECTIONPAGES)(\s+\\\*\s*[A-Za-z]+)*\s*")
#: Of all parts together; a template that Word has made holds ten thousand.
MAX_ELEMENTS = 50_000
READING = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


class BadTemplate(AppError):
    """模板不能使用。"""


def check_template(key: str, content: bytes) -> None:
    """Raises BadTemplate with everything that stands in the way of printing on this template."""
    try:
        parts = read_archive(content)
    except BadArchive as error:
        raise BadTemplate(f"模板没有采用：{error}") from error
    if problems := list(dict.fromkeys(_problems_of_parts(parts))) or list(_problems_of_fields(key, content)):
        raise BadTemplate("模板没有采用：\n" + "\n".join(problems))
    _try(key, content)


def _problems_of_parts(parts: Mapping[str, bytes]) -> Iterator[str]:
    if CONTENT_TYPES not in parts or "word/document.xml" not in parts:
        yield "文件不是 Word 文档（.docx）。请用 Word 或 WPS 另存为“Word 文档（*.docx）”。"
        return
    if any(piece in name.lower() for name in parts for piece in ACTIVE):
        yield "文件里有宏、控件或嵌入的对象，请删去后再上传。"
    read = Reader()
    for name, content in parts.items():
        if name.lower().endswith((".xml", ".rels")):
            yield from read.problems_of(name, content)
    for name in parts:
        if not name.lower().endswith((".xml", ".rels")) and not read.is_picture(name):
            yield f"文件里有不能用的部件（{name}），模板里只能有文字和图片。"


class Reader:
    """Looks through the XML parts of one file, and keeps what it says the others are."""

    def __init__(self) -> None:
        self._elements = 0
        self._types: list[tuple[str, str]] = []  # how a part's name ends, its content type

    def problems_of(self, name: str, content: bytes) -> Iterator[str]:
        try:
            root = self._parse(content)
        except (etree.XMLSyntaxError, ValueError):
            yield f"文件已损坏：{name} 读不出来。"
            return
        if root is None:
            yield f"文件的内容超过{MAX_ELEMENTS}个元素，请删去多余的内容后再上传。"
            return
        if root.getroottree().docinfo.doctype:
            yield f"文件里有不允许的内容（{name} 带文档类型声明）。"
        if name == CONTENT_TYPES:
            self._types = [
                (_ending(each), each.get("ContentType", "")) for each in root.iter("{*}Default", "{*}Override")
            ]
            if all(kind != MAIN for _, kind in self._types):
                yield "文件不是普通的 Word 文档（可能是带宏的文档或模板文件），请另存为“Word 文档（*.docx）”。"
        if name.lower().endswith(".rels") and any(each.get("TargetMode") == "External" for each in root):
            yield "文件里有指向外部的链接或图片，请删去后再上传。"
        for code in _codes(root):
            if code.strip() and not HARMLESS.fullmatch(code):
                yield f"文件里有不允许的域“{code.strip()[:30]}”，只能用页码、总页数。"

    def is_picture(self, name: str) -> bool:
        """By everything that the file says of it, whatever its name says."""
        kinds = [kind for ending, kind in self._types if f"/{name}".lower().endswith(ending)]
        return bool(kinds) and all(kind.startswith("image/") and not kind.endswith("xml") for kind in kinds)

    def _parse(self, content: bytes) -> etree._Element | None:
        """None when there is too much of it: it is counted while it is read."""
        pieces = etree.iterparse(io.BytesIO(content), events=("start", "comment", "pi"), **READING)
        for _ in pieces:
            self._elements += 1
            if self._elements > MAX_ELEMENTS:
                return None
        return pieces.root


def _ending(said: etree._Element) -> str:
    """What the names end with that one entry of the content types is about; an Override names one part whole."""
    return str(said.get("PartName") or f".{said.get('Extension', '')}").lower()


def _codes(root: etree._Element) -> Iterator[str]:
    """The code of each field; Word may have cut it into several runs, and put another field in the middle."""
    around: list[list[str]] = [[]]
    for each in root.iter(
        *(f"{{*}}{tag}" for tag in ("altChunk", "fldSimple", "fldChar", "instrText", "delInstrText"))
    ):
        tag, kind = etree.QName(each).localname, _of(each, "fldCharType")
        if tag == "altChunk":
            yield tag
        elif tag == "fldSimple":
            yield _of(each, "instr")
        elif kind == "begin":
            around.append([])
        elif kind == "end" and len(around) > 1:
            yield "".join(around.pop())
        elif tag != "fldChar":
            around[-1].append(each.text or "")
    yield from map("".join, around)


def _of(found: etree._Element, attribute: str) -> str:
    return next((value for name, value in found.attrib.items() if name.endswith(f"}}{attribute}")), "")


def _problems_of_fields(key: str, content: bytes) -> Iterator[str]:
    try:
        document = docx.Document(io.BytesIO(content))
        names, unclosed = set(all_names(document)), list(unclosed_in(document))
    except (PackageNotFoundError, KeyError, ValueError, AttributeError) as error:
        yield f"文件打不开（{type(error).__name__}），请用 Word 或 WPS 另存一次再上传。"
        return
    for text in unclosed:
        yield f"“{text.strip()[:30]}”里的字段没有写完整，请写成“{{{{字段}}}}”，前后各两个大括号，在同一段里。"
    known = TEMPLATES[key].known
    for name in sorted(names - known):
        yield f"没有名为“{{{{{name}}}}}”的字段。可用的字段：{'、'.join(sorted(known))}。"
    needed = NEEDED if key != "dossier" else ("标题",)
    for name in (*needed, "附表") if TEMPLATES[key].attached else needed:
        if name not in names:
            yield f"缺少必有的字段“{{{{{name}}}}}”。"


def _try(key: str, content: bytes) -> None:
    """Print a sample: what fails here would fail in the middle of somebody's case."""
    try:
        docx.Document(io.BytesIO(fill(content, sample(key))))
    except Exception as error:
        raise BadTemplate(f"模板没有采用：用样例试印没有成功（{type(error).__name__}）。") from error
