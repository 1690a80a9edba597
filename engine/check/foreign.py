"""What other modelers write for their own engines: kept in the file, read by nobody here. Hints."""

from collections.abc import Iterator

from lxml import etree

from engine.check.flow import CheckedFlow
from engine.markup import BPMN, SPIFF, tag
from errors import Problem

#: Whose a namespace is, by what stands in its address.
MAKERS = {
    "camunda.org/schema/zeebe": "Camunda 8",
    "camunda": "Camunda 7",
    "signavio": "Signavio",
    "activiti": "Activiti",
    "flowable": "Flowable",
    "jboss": "jBPM",
}
#: Read here, or about the drawing alone.
OURS = {BPMN, SPIFF, "http://www.w3.org/2001/XMLSchema-instance"}
DRAWING = ("bpmn.io/schema/bpmn/biocolor", "omg.org/spec/BPMN/non-normative/color")


def contents(flow: CheckedFlow) -> Iterator[Problem]:
    """One hint an element and maker, which names what of it does nothing here."""
    for process in flow.processes:
        for xml in process.xml.iter(f"{{{BPMN}}}*"):
            if tag(xml) == "extensionElements":
                continue
            for maker, names in _found(xml).items():
                who = f"「{xml.get('name') or xml.get('id', tag(xml))}」"
                words = f"{who}带有 {maker} 的内容（{'、'.join(names)}），系统不读，照原样留在文件里。"
                yield Problem(xml.get("id", ""), words, warning=True)


def _found(xml: etree._Element) -> dict[str, list[str]]:
    """What an element has itself that is not ours, by whose it is."""
    found: dict[str, list[str]] = {}
    extensions = [name for child in xml if tag(child) == "extensionElements" for name in _names(child)]
    for name in [*xml.attrib, *extensions]:
        qualified = etree.QName(name)
        namespace = qualified.namespace or ""
        if namespace and namespace not in OURS and not any(each in namespace for each in DRAWING):
            found.setdefault(_maker(namespace), []).append(qualified.localname)
    return found


def _names(holder: etree._Element) -> list[str]:
    return [str(child.tag) for child in holder]


def _maker(namespace: str) -> str:
    return next((maker for mark, maker in MAKERS.items() if mark in namespace), namespace)
