"""Read .feature files: Gherkin in Chinese, each scenario with its background and with where every step stands."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gherkin.errors import CompositeParserException
from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler

from reference.flow_files import SCENARIOS
from scenarios.mistakes import Mistake, UnreadableFeature, in_chinese
from scenarios.outlines import too_much

Table = tuple[tuple[str, ...], ...]

COMMON = "背景.feature"
COMMON_FILE = SCENARIOS + COMMON  # of a flow
LONGEST = 100_000  # letters of a file


@dataclass(frozen=True)
class Step:
    """One line of a scenario, and where it stands."""

    keyword: str
    text: str
    path: Path
    line: int
    table: Table = ()


@dataclass(frozen=True)
class Scenario:
    """One scenario, its background and examples filled in. `tags` name the rules it proves: XT-10."""

    path: Path
    line: int
    feature: str
    name: str
    tags: tuple[str, ...]
    steps: tuple[Step, ...]

    @property
    def flow_folder(self) -> Path:
        """The flow it belongs to: scenarios lie in bpmn/<flow>/scenarios/."""
        return self.path.parent.parent

    def __str__(self) -> str:
        return f"{self.path.stem}：{self.name}"


def read_features(paths: Iterable[Path]) -> list[Scenario]:
    """Every scenario of these files and folders. Raises UnreadableFeature."""
    files = {file.resolve() for path in paths for file in ([path] if path.is_file() else path.rglob("*.feature"))}
    return [scenario for file in sorted(files) for scenario in read_feature(file)]


def read_feature(path: Path) -> list[Scenario]:
    """Each begins with the background of its folder, where there is one. Raises UnreadableFeature."""
    return scenarios_of(_parse(path), path, folder_background(path))


def scenarios_of(document: Any, path: Path, before: Sequence[Step] = ()) -> list[Scenario]:
    """Of what parse_text() made; `before`: steps that each begins with."""
    if document.get("feature") is None:
        return []
    places = {node["id"]: node for node in steps_of(document["feature"])}
    title = document["feature"]["name"]
    document["uri"] = str(path)
    pickles: Any = Compiler().compile(document)
    return [_scenario(path, title, pickle, places, tuple(before)) for pickle in pickles]


def _parse(path: Path) -> Any:
    try:
        return parse_text(path.name, path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise UnreadableFeature(path.name, [Mistake(1, "不是 UTF-8 文本。")]) from error


def parse_text(name: str, text: str) -> Any:
    """The document that Gherkin makes of a text; `name` is what the file is called. Raises UnreadableFeature,
    also for one that would be too much to compile.
    """
    if len(text) > LONGEST:
        raise UnreadableFeature(name, [Mistake(1, f"文件太长，一个文件最多 {LONGEST} 个字。")])
    try:
        document = Parser().parse(text)
    except CompositeParserException as error:
        raise UnreadableFeature(name, [in_chinese(each) for each in error.errors]) from error
    if found := too_much(document):
        raise UnreadableFeature(name, found)
    return document


def folder_background(path: Path) -> tuple[Step, ...]:
    """The background of 背景.feature holds for every scenario beside it."""
    common = path.parent / COMMON
    if path.name == COMMON or not common.exists():
        return ()
    return background_of(_parse(common), common)


def background_of(document: Any, path: Path) -> tuple[Step, ...]:
    """Every step of what parse_text() made of a background."""
    feature = document.get("feature") or {}
    return tuple(_step(path, node, node.get("dataTable"), node) for node in steps_of(feature))


def steps_of(node: Any) -> Iterator[Any]:
    """Every step of a feature, a rule, a background or a scenario."""
    for child in node.get("children", []):
        for part in ("rule", "background", "scenario"):
            if part in child:
                yield from steps_of(child[part])
    yield from node.get("steps", [])


def _scenario(path: Path, feature: str, pickle: Any, places: dict[str, Any], before: tuple[Step, ...]) -> Scenario:
    return Scenario(
        path=path,
        line=pickle["location"]["line"],
        feature=feature,
        name=pickle["name"],
        tags=tuple(dict.fromkeys(tag["name"].removeprefix("@") for tag in pickle["tags"])),
        steps=before + tuple(_filled_in(path, step, places) for step in pickle["steps"]),
    )


def _filled_in(path: Path, step: Any, places: dict[str, Any]) -> Step:
    """A step with its examples put in, at the place where it is written."""
    return _step(path, step, step.get("argument", {}).get("dataTable"), places[step["astNodeIds"][0]])


def _step(path: Path, step: Any, table: Any, place: Any) -> Step:
    return Step(
        keyword=place["keyword"].strip(),
        text=step["text"],
        path=path,
        line=place["location"]["line"],
        table=table_of(table),
    )


def table_of(table: Any) -> Table:
    """Of what Gherkin made of a table, or of none."""
    return tuple(tuple(cell["value"] for cell in row["cells"]) for row in (table or {}).get("rows", []))
