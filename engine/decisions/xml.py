"""A .dmn file into elements, without anything XML can do to a server."""

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

from lxml import etree

from errors import InvalidDiagram, Problem

Element: TypeAlias = Any  # lxml has no types

MAX_BYTES = 1_000_000
_NAMESPACE = re.compile(r"https?://www\.omg\.org/spec/DMN/[0-9]{8}/(MODEL/|dmn\.xsd)")


def definitions(filename: str, content: bytes) -> Element:
    """The root of a DMN 1.1 to 1.5 file. Raises InvalidDiagram."""
    if len(content) > MAX_BYTES:
        raise refused(f"文件“{filename}”太大，最多 {MAX_BYTES // 1000} KB。")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise refused(f"文件“{filename}”不是完好的 XML，无法读取。") from error
    if root.getroottree().docinfo.doctype:
        raise refused(f"文件“{filename}”含有 DTD 声明，请删去。")
    name = etree.QName(root)
    if name.localname != "definitions" or not _NAMESPACE.fullmatch(name.namespace or ""):
        raise refused(f"文件“{filename}”不是 DMN 决策文件。")
    return root


def refused(message: str) -> InvalidDiagram:
    return InvalidDiagram([Problem("", message)])


def children(element: Element, name: str) -> Iterator[Element]:
    namespace = etree.QName(element).namespace
    return element.iterchildren(f"{{{namespace}}}{name}")


def child(element: Element, name: str) -> Element | None:
    return next(children(element, name), None)


def text_of(element: Element | None) -> str:
    """What stands in its <text>."""
    text = None if element is None else child(element, "text")
    return "" if text is None else "".join(text.itertext()).strip()
