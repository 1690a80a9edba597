"""Which processes of a folder can be started by themselves."""

from collections.abc import Mapping

from engine.reading import read_processes


def startable_processes(own: Mapping[str, bytes]) -> list[str]:
    """Ids of the executable processes in these files that no other process in them calls, sorted.

    Raises InvalidDiagram for a file that cannot be read.
    """
    processes = read_processes({name: content for name, content in own.items() if name.endswith(".bpmn")})
    called = {key for process in processes.values() for key in process.called()}
    return sorted(process.id for process in processes.values() if process.executable and process.id not in called)


def switched_off(own: Mapping[str, bytes]) -> list[str]:
    """Names of the processes that are not marked executable and that no other one calls: they are never started.

    Raises InvalidDiagram for a file that cannot be read. A called one is refused by the check of its caller.
    """
    processes = read_processes({name: content for name, content in own.items() if name.endswith(".bpmn")})
    called = {key for process in processes.values() for key in process.called()}
    return sorted(p.name for p in processes.values() if not p.executable and p.id not in called)
