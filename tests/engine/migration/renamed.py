"""The same flow with every element under another name: what a whole mapping leads to."""

import re

from engine.reading import read_processes

ATTRIBUTES = "id|sourceRef|targetRef|attachedToRef|messageRef|bpmnElement"
AFTER = "_2"


def renamed(flow: bytes) -> tuple[bytes, dict[str, str]]:
    """The file, and the new name of each element by its old one."""
    names = {id_: id_ + AFTER for process in read_processes({"p.bpmn": flow}).values() for id_ in process.nodes}
    pattern = re.compile(rf'(?<=[ ])({ATTRIBUTES})="([^"]+)"')

    def other(found: re.Match[str]) -> str:
        return f'{found[1]}="{names.get(found[2], found[2])}"'

    return pattern.sub(other, flow.decode()).encode(), names
