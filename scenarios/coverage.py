"""Which elements of a flow no scenario has walked."""

from collections.abc import Iterable
from pathlib import Path

from engine import Element, parse
from operations.folders import read_folder
from scenarios.walking import Walked


def unwalked(walked: Iterable[Walked], folders: Iterable[Path], flow: str | None = None) -> dict[str, list[Element]]:
    """By flow, the elements of its diagram and of those it calls that are left; [] where there are none.

    `flow` is a key or the name of a folder; without it, every flow of the folders.
    """
    passed: Walked = {}
    for each in walked:
        for key, elements in each.items():
            passed.setdefault(key, set()).update(elements)
    return {
        key: [element for element in elements if element.id not in passed.get(key, set())]
        for key, elements in _flows(folders, flow).items()
    }


def _flows(folders: Iterable[Path], flow: str | None) -> dict[str, list[Element]]:
    return {
        key: list(parse(key, files).elements.values())
        for folder in folders
        for key, files in read_folder(folder).items()
        if flow in (None, key, folder.name)
    }
