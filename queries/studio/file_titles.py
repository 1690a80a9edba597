"""What a designer calls a file: by what it says of itself, for nobody knows forms by their keys."""

import json
from functools import lru_cache

from lxml import etree

from engine.markup import parse_xml
from errors import InvalidDiagram
from reference.flow_files import README, SCENARIOS


@lru_cache(maxsize=1024)
def file_title(name: str, content: bytes) -> str:
    """The name of the process, decision or form in it; the file's own where it has none or cannot be read."""
    if name.endswith(".bpmn"):
        return _named(name, content, "process")
    if name.endswith(".dmn"):
        return _named(name, content, "decision")
    if name.endswith(".form.json"):
        return _of_form(content) or name
    return "说明" if name == README else name.removeprefix(SCENARIOS).removesuffix(".feature")


def _named(name: str, content: bytes, kind: str) -> str:
    try:
        root = parse_xml(name, content)
    except InvalidDiagram:
        return name
    elements = (each for each in root.iter(etree.Element) if etree.QName(each).localname == kind)
    return "、".join(title for each in elements if (title := each.get("name"))) or name


def _of_form(content: bytes) -> str:
    try:
        return str(json.loads(content)["properties"]["title"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return ""
