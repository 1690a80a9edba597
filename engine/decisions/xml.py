"""A .dmn file into elements."""

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

from lxml import etree

from engine.markup import parse_xml
from errors import InvalidDiagram, Problem

Element: TypeAlias = Any  # lxml has no types

_NAMESPACE = re.compile(r"https?://www\.omg\.org/spec/DMN/[0-9]{8}/(MODEL/|dmn\.xsd)")


def definitions(filename: str, content: bytes) -> Element:
    """The root of a DMN 1.1 to 1.5 file. Raises InvalidDiagram."""
    root = parse_xml(filename, content)
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
