"""docs/diagrams/README.md: all diagrams by flow, each with its picture."""

from itertools import groupby

from drawings.pictures import PICTURES, ROOT, Picture, all_pictures

PAGE = PICTURES / "README.md"
HEAD = """# 全部流程图

由 `make diagrams` 从 `bpmn/` 中的流程图生成，请不要手工修改。系统就按这些图执行。
"""


def index() -> str:
    """The whole page."""
    folders = groupby(all_pictures(), lambda picture: picture.diagram.parent)
    return "\n".join([HEAD, *(_section(folder.name, list(members)) for folder, members in folders)])


def _section(folder: str, pictures: list[Picture]) -> str:
    rows = [f"| [{picture.diagram.stem}]({folder}/{picture.path.name}) | {picture.name} |" for picture in pictures]
    return "\n".join([f"## {_title(folder)}\n", "| 流程图 | 内容 |", "|---|---|", *rows, ""])


def _title(folder: str) -> str:
    """The heading of the folder's own README."""
    first = (ROOT / "bpmn" / folder / "README.md").read_text("utf-8").splitlines()[0]
    return first.removeprefix("# ")
