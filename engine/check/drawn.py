"""Whether what runs can be looked at: the page of a case opens the drawing, and shows on it where the case stands."""

from collections.abc import Iterator

from lxml import etree

from engine.check.flow import CheckedFlow, problem
from engine.diagram import Process
from engine.markup import BPMNDI
from errors import Problem


def drawings(flow: CheckedFlow) -> Iterator[Problem]:
    """Every element has a shape and every sequence flow a line (BPMNDI)."""
    for process in flow.processes:
        drawn = _drawn(process)
        nodes = [node for node in process.nodes.values() if node.id not in drawn]
        if len(nodes) == len(process.nodes):
            yield Problem(
                process.id, f"流程“{process.name}”只有内容，没有图形，打开是空白的；请在画图软件里画出来。", True
            )
            continue
        yield from (problem(node, "在图上没有画出来", warning=True) for node in nodes)
        for line in (line for line in process.flows if line.id not in drawn):
            yield Problem(line.id, f"连线「{line.name or line.id}」在图上没有画出来。", warning=True)


def _drawn(process: Process) -> set[str]:
    """Ids of what the file of a process draws."""
    root: etree._Element = process.xml.getroottree().getroot()
    shapes = (each for name in ("BPMNShape", "BPMNEdge") for each in root.iter(f"{{{BPMNDI}}}{name}"))
    return {shape.get("bpmnElement", "") for shape in shapes}
