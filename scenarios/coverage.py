"""Which elements of a flow no scenario has walked."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from engine import Element, parse
from operations.house.folders import read_folder
from scenarios.walking import Walked


class Drawn(Protocol):
    """An element of a diagram."""

    @property
    def id(self) -> str: ...
    @property
    def process(self) -> str: ...


D = TypeVar("D", bound=Drawn)


def unwalked(walked: Iterable[Walked], folders: Iterable[Path], flow: str | None = None) -> dict[str, list[Element]]:
    """By flow, the elements of its diagram and of those it calls that are left; [] where there are none.

    `flow` is a key or the name of a folder; without it, every flow of the folders.
    """
    drawn = _flows(folders)
    missing = left(walked, {key: elements for (_, key), elements in drawn.items()})
    return {key: missing[key] for folder, key in drawn if flow in (None, key, folder)}


def left(walked: Iterable[Walked], drawn: Mapping[str, Sequence[D]]) -> dict[str, list[D]]:
    """Of what is drawn, by flow, what nothing has walked. `drawn` holds a called process with each flow that calls it:
    of one that several flows call it is enough that one of them has walked an element.
    """
    passed: Walked = {}
    for each in walked:
        for key, elements in each.items():
            passed.setdefault(key, set()).update(elements)
    anywhere = set().union(*passed.values())
    shared = _shared(drawn.values())
    return {
        key: [one for one in elements if one.id not in (anywhere if one.process in shared else passed.get(key, set()))]
        for key, elements in drawn.items()
    }


def _flows(folders: Iterable[Path]) -> dict[tuple[str, str], list[Element]]:
    return {
        (folder.name, key): list(parse(key, files).elements.values())
        for folder in folders
        for key, files in read_folder(folder).items()
    }


def _shared(drawn: Iterable[Sequence[Drawn]]) -> set[str]:
    """Processes that several flows call."""
    calls = Counter(process for elements in drawn for process in {element.process for element in elements})
    return {process for process, flows in calls.items() if flows > 1}
