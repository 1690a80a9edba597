"""The flows this checkout carries: folders under bpmn/, each with its diagrams, tables and forms."""

from pathlib import Path

from engine import startable_processes
from models import SYSTEM, Identity, ProcessDefinition
from operations.deployments import deploy

BPMN = Path(__file__).parent.parent / "bpmn"
SHARED = BPMN / "shared"
KINDS = (".bpmn", ".dmn", ".form.json")


def read_folder(folder: Path) -> dict[str, bytes]:
    """Everything a flow is made of: its own files and those it shares with others."""
    paths = [path for place in (folder, SHARED) for path in sorted(place.iterdir()) if path.name.endswith(KINDS)]
    return {path.name: path.read_bytes() for path in paths}


def flow_folders() -> list[Path]:
    return sorted(path for path in BPMN.iterdir() if path.is_dir() and path != SHARED)


def deploy_folder(folder: Path, *, by: Identity = SYSTEM) -> list[ProcessDefinition]:
    """Deploy every process of a folder that can be started by itself. Raises InvalidDiagram."""
    files = read_folder(folder)
    return [deploy(key, files, by=by) for key in startable_processes(files)]


def deploy_all(*, by: Identity = SYSTEM) -> list[ProcessDefinition]:
    return [row for folder in flow_folders() for row in deploy_folder(folder, by=by)]
