"""Uploaded XML, read so that it can do no harm."""

from lxml import etree

from engine.limits import MAX_BYTES, MAX_XML_DEPTH, MAX_XML_ELEMENTS
from errors import InvalidDiagram, Problem

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
SPIFF = "http://spiffworkflow.org/bpmn/schema/1.0/core"
NO_DTD = "不收 DTD（<!DOCTYPE> 声明），请删去再用"


def read_xml(filename: str, content: bytes) -> etree._Element:
    """The root of a diagram. Raises InvalidDiagram as parse_xml() does, and for more elements than the limits."""
    root = parse_xml(filename, content)
    _measure(filename, root)
    return root


def parse_xml(filename: str, content: bytes) -> etree._Element:
    """The root of a file. Raises InvalidDiagram for a DTD, for too many bytes, and for what is not XML."""
    if len(content) > MAX_BYTES:
        raise refused(filename, "文件超过 2 MB")
    try:
        root = etree.fromstring(content, _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise refused(filename, NO_DTD if b"<!DOCTYPE" in content else "不是完好的 XML 文件") from error
    if root is None:
        raise refused(filename, "不是完好的 XML 文件")
    docinfo = root.getroottree().docinfo
    if docinfo.internalDTD is not None or docinfo.doctype:
        raise refused(filename, NO_DTD)
    return root


def tag(element: etree._Element) -> str:
    """The name without namespace; empty for what is not an element of BPMN."""
    name = etree.QName(element)
    return name.localname if name.namespace == BPMN else ""


def refused(filename: str, why: str) -> InvalidDiagram:
    return InvalidDiagram([Problem("", f"文件“{filename}”：{why}。")])


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _measure(filename: str, root: etree._Element) -> None:
    count = depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        if event == "end":
            depth -= 1
            continue
        count, depth = count + 1, depth + 1
        if count > MAX_XML_ELEMENTS:
            raise refused(filename, f"元素超过 {MAX_XML_ELEMENTS} 个")
        if depth > MAX_XML_DEPTH:
            raise refused(filename, f"嵌套超过 {MAX_XML_DEPTH} 层")
