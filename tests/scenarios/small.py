"""The small flow in a folder of its own, with scenarios beside it."""

from pathlib import Path

from tests.small_flow import DIAGRAM, FORMS

REGISTER = "当 县政务大厅窗口受理员登记“small”"


def make_folder(where: Path) -> Path:
    """Write the small flow down. Returns the folder for its scenarios."""
    folder = where / "small" / "scenarios"
    folder.mkdir(parents=True)
    for name, content in ({"small.bpmn": DIAGRAM} | FORMS).items():
        (folder.parent / name).write_bytes(content)
    return folder


def write_scenario(folder: Path, *steps: str, name: str = "试") -> Path:
    lines = ["# language: zh-CN", f"功能: {name}", f"  场景: {name}", *(f"    {step}" for step in steps)]
    path = folder / f"{name}.feature"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path
