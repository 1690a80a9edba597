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
