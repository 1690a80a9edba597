"""The flows this checkout carries: folders under bpmn/, each with its diagrams, tables and forms."""

from pathlib import Path

from engine import startable_processes, switched_off
from models import SYSTEM, Identity, ProcessDefinition
from operations.house.deployments import Warn, deploy, unheard, was_deployed
from reference.flow_files import BPMN, RUNNING, SHARED, read_files, shared

#: How files end, in whatever case, that somebody means to be read.
MEANT = (".bpmn", ".dmn", ".json", ".form", ".xml")


def read_folder(folder: Path) -> dict[str, dict[str, bytes]]:
    """The flows of a folder, by key: each with the folder's files and those that all flows share, but for what the
    folder has a copy of its own of.
    """
    own = read_files(folder)
    return {key: {**shared(), **own} for key in startable_processes(own)}


def idle_processes(folder: Path) -> list[str]:
    """Names of the processes of a folder that are not marked executable, so that nothing starts them."""
    return switched_off(read_files(folder))


def unread_files(folder: Path) -> list[str]:
    """Names of the files of a folder that look like a part of a flow and are not read."""
    names = sorted(path.name for path in folder.iterdir())
    return [name for name in names if name.lower().endswith(MEANT) and not name.endswith(RUNNING)]


def flow_folders(folder: Path = BPMN) -> list[Path]:
    """The flow folders below this one, without what all flows share; where it has diagrams itself, it is the one."""
    if any(folder.glob("*.bpmn")):
        return [folder]
    return sorted(path for path in folder.iterdir() if any(path.glob("*.bpmn")) and path.resolve() != SHARED.resolve())


def deploy_folder(folder: Path, *, by: Identity = SYSTEM, warn: Warn = unheard) -> list[ProcessDefinition]:
    """Deploy every process of a folder that can be started by itself. Raises InvalidDiagram."""
    return [deploy(key, files, by=by, warn=warn) for key, files in read_folder(folder).items()]


def deploy_all(*, by: Identity = SYSTEM, warn: Warn = unheard) -> list[ProcessDefinition]:
    """Deploy what this checkout carries and the database has never had: what a county has put in its place stays.

    Returns the new versions. Raises InvalidDiagram.
    """
    flows = {key: files for folder in flow_folders(BPMN) for key, files in read_folder(folder).items()}
    return [deploy(key, files, by=by, warn=warn) for key, files in flows.items() if not was_deployed(key, files)]
