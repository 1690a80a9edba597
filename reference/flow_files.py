"""What a flow consists of: diagrams, decision tables and forms, which run, and what is kept beside them."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from engine import startable_processes

BPMN = Path(__file__).parents[1] / "bpmn"
SHARED = BPMN / "shared"
#: Kinds of files that the engine reads.
RUNNING = (".bpmn", ".dmn", ".form.json")
SCENARIOS = "scenarios/"
README = "README.md"
#: A name that a file of a flow may have, as it stands in its folder. Forms are looked up by theirs.
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")
_FEATURE = re.compile(r"scenarios/[^/\\\x00-\x1f<>:\"|?*.][^/\\\x00-\x1f<>:\"|?*]{0,80}\.feature")


def is_name(name: str) -> bool:
    """Whether a file of a flow may be called so."""
    plain = name == README or (name.endswith(RUNNING) and _PLAIN.fullmatch(name) is not None)
    return plain or _FEATURE.fullmatch(name) is not None


def running(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Those that the engine reads."""
    return {name: content for name, content in files.items() if name.endswith(RUNNING)}


def read_files(folder: Path) -> dict[str, bytes]:
    """All that belongs to the flows of a folder, by name; scenarios with their folder's name before theirs."""
    found = [*folder.iterdir(), *(folder / SCENARIOS).glob("*.feature")]
    named = {path.relative_to(folder).as_posix(): path for path in sorted(found) if path.is_file()}
    return {name: path.read_bytes() for name, path in named.items() if is_name(name)}


@cache
def shared() -> Mapping[str, bytes]:
    """What all flows of this checkout share: call activities, tables and forms."""
    return running(read_files(SHARED))


def own(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Of a version's files those of its own folder: all but what it has from the shared ones unchanged."""
    return {name: content for name, content in files.items() if shared().get(name) != content}


def startable(files: Mapping[str, bytes]) -> list[str]:
    """Keys of the flows that these files are: what all flows share is only called, whether a draft changes it or not.

    Raises InvalidDiagram for a file that cannot be read.
    """
    starting = {name: content for name, content in files.items() if name not in shared()}
    return startable_processes(starting, running(files))
