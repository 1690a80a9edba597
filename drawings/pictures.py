"""Which picture belongs to which diagram, and whether it still shows it."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from lxml import etree

ROOT = Path(__file__).parents[1]
BPMN = ROOT / "bpmn"
PICTURES = ROOT / "docs" / "diagrams"
MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"

#: What a diagram says without showing it: properties, scripts, conditions and limits may change under a picture.
NEVER_DRAWN = ("extensionElements", "documentation")
NEVER_SPELLED_OUT = ("script", "conditionExpression", "condition", "timeDuration", "timeDate", "timeCycle")


@dataclass(frozen=True)
class Picture:
    """A diagram and the SVG that shows it."""

    diagram: Path

    @property
    def path(self) -> Path:
        return PICTURES / self.diagram.parent.name / f"{self.diagram.stem}.svg"

    @property
    def name(self) -> str:
        """What the pool is called: the county, the flow and what it covers."""
        return etree.parse(self.diagram).find(f".//{MODEL}participant").get("name")

    @property
    def stamp(self) -> str:
        return f"<!-- drawn from {fingerprint(self.diagram)} -->"

    @property
    def is_stale(self) -> bool:
        """Whether the picture is missing or shows something older than the diagram."""
        return not self.path.exists() or not self.path.read_text("utf-8").startswith(self.stamp)

    def keep(self, svg: str) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(f"{self.stamp}\n{svg}\n", "utf-8")


def all_pictures() -> list[Picture]:
    """One for each diagram, by folder and name."""
    return [Picture(diagram) for diagram in sorted(BPMN.rglob("*.bpmn"))]


def left_over() -> set[Path]:
    """Pictures whose diagram is gone."""
    return set(PICTURES.rglob("*.svg")) - {picture.path for picture in all_pictures()}


def fingerprint(diagram: Path) -> str:
    """SHA-256 of everything in a diagram that can be seen: shapes, lines, kinds and names."""
    root = etree.parse(diagram, etree.XMLParser(remove_blank_text=True)).getroot()
    etree.strip_elements(root, *(MODEL + tag for tag in NEVER_DRAWN), with_tail=False)
    for element in root.iter(*(MODEL + tag for tag in NEVER_SPELLED_OUT)):
        element.text = None
    return sha256(etree.tostring(root, method="c14n2", strip_text=True)).hexdigest()
