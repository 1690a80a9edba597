"""Which elements of a flow no scenario has walked."""

from collections.abc import Iterable

from engine import Element, parse
from operations.folders import flow_folders, read_folder
from scenarios.walking import Walked


def unwalked(walked: Iterable[Walked], flow: str | None = None) -> dict[str, list[Element]]:
    """By flow, the elements of its diagram and of those it calls that are left; [] where there are none."""
    passed: Walked = {}
    for each in walked:
        for key, elements in each.items():
            passed.setdefault(key, set()).update(elements)
    return {
        key: [element for element in elements if element.id not in passed.get(key, set())]
        for key, elements in _flows(flow).items()
    }


def _flows(flow: str | None) -> dict[str, list[Element]]:
    return {
        key: list(parse(key, files).elements.values())
        for folder in flow_folders()
        for key, files in read_folder(folder).items()
        if flow in (None, key, folder.name)
    }
