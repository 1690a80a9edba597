"""Which elements of a flow no scenario has walked."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from engine import Element, parse
from operations.house.folders import read_folder
from scenarios.walking import Walked


def unwalked(walked: Iterable[Walked], folders: Iterable[Path], flow: str | None = None) -> dict[str, list[Element]]:
    """By flow, the elements of its diagram and of those it calls that are left; [] where there are none.

    `flow` is a key or the name of a folder; without it, every flow of the folders.
    """
    passed: Walked = {}
    for each in walked:
        for key, elements in each.items():
            passed.setdefault(key, set()).update(elements)
    anywhere = set().union(*passed.values())
    drawn = _flows(folders)
    shared = _shared(drawn.values())
    return {
        key: [one for one in elements if one.id not in (anywhere if one.process in shared else passed.get(key, set()))]
        for (folder, key), elements in drawn.items()
        if flow in (None, key, folder)
    }


def _flows(folders: Iterable[Path]) -> dict[tuple[str, str], list[Element]]:
    return {
        (folder.name, key): list(parse(key, files).elements.values())
        for folder in folders
        for key, files in read_folder(folder).items()
    }


def _shared(drawn: Iterable[list[Element]]) -> set[str]:
    """Processes that several flows call: it is enough that a scenario of one of them has walked an element."""
    calls = Counter(process for elements in drawn for process in {element.process for element in elements})
    return {process for process, flows in calls.items() if flows > 1}
