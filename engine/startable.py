"""Which processes of a folder can be started by themselves."""

from collections.abc import Mapping, Sequence

from engine.diagram import reachable
from engine.reading import read_processes


def startable_processes(own: Mapping[str, bytes], calling: Mapping[str, bytes] | None = None) -> list[str]:
    """Ids of the executable processes in these files that no other process in them, or in `calling`, calls, sorted.

    Raises InvalidDiagram for a file that cannot be read.
    """
    processes = read_processes({name: content for name, content in own.items() if name.endswith(".bpmn")})
    callers = {**processes, **read_processes(calling or {})}
    called = {key for process in callers.values() for key in process.called()}
    return sorted(process.id for process in processes.values() if process.executable and process.id not in called)


def flows_around(filename: str, keys: Sequence[str], files: Mapping[str, bytes], *, every: bool = False) -> list[str]:
    """Of these flows the first that leads to each process of one file: enough to say what is wrong with its drawing.
    `every`: all that do.

    Raises InvalidDiagram for a file that cannot be read.
    """
    processes = read_processes(files)
    here = [process.id for process in processes.values() if process.filename == filename]
    inside = {key: {process.id for process in reachable(key, processes)} for key in keys}
    leading = ([key for key in keys if process in inside[key]] for process in here)
    return list(dict.fromkeys(key for found in leading for key in (found if every else found[:1])))


def switched_off(own: Mapping[str, bytes]) -> list[str]:
    """Names of the processes that are not marked executable and that no other one calls: they are never started.

    Raises InvalidDiagram for a file that cannot be read. A called one is refused by the check of its caller.
    """
    processes = read_processes({name: content for name, content in own.items() if name.endswith(".bpmn")})
    called = {key for process in processes.values() for key in process.called()}
    return sorted(p.name for p in processes.values() if not p.executable and p.id not in called)
