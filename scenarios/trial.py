"""A draft's scenarios, played where nothing is lost by it: the inside of the process that commands/trials.py starts.

A request is {"files", "around", "skip", "only"}: the draft's files by name in base64, a Surroundings, how many
scenarios were played before, and null or the one [file, line] to play. What is answered are the lines of Answer.
"""

import base64
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import select

from engine import parse
from errors import AppError, InvalidDiagram
from models import Case, session, virtual_clock
from queries.case.cases import case_file
from reference.flow_files import own, startable
from reference.seeds import seeded_parameters
from scenarios.databases import OpenDatabase, SQLiteTemplate, Template
from scenarios.features import Scenario, read_feature
from scenarios.mending.causes import Appearances, cause_of
from scenarios.mistakes import Mistake, UnreadableFeature
from scenarios.people import anyone
from scenarios.runner import BEGIN, ScenarioFailed, play
from scenarios.surroundings import Surroundings, settle
from scenarios.walking import walked
from scenarios.world import World

#: First {"plan", "drawn"}: [file, line, name] of each scenario, and what they may walk. Then one of each
#: scenario, as TrialOutcome has it. Or {"problem"} alone, when none can be played.
Answer = dict[str, Any]

MOST = 1_000  # scenarios of a draft, each example of an outline one


def answers(request: dict[str, Any], open_database: OpenDatabase) -> Iterator[Answer]:
    files = {name: base64.b64decode(content) for name, content in request["files"].items()}
    with TemporaryDirectory() as place:
        folder = Path(place).resolve() / "flow"
        write_files(own(files), folder)
        plan = [each for each in _plan(folder) if request["only"] in (None, list(each[:2]), [each[0], 0])]
        if len(plan) > MOST:
            yield {"problem": f"有 {len(plan)} 个场景，一次最多试跑 {MOST} 个，请删去重复的。"}
            return
        try:
            template = SQLiteTemplate(open_database, folder, lambda: settle(Surroundings(**request["around"])))
        except (AppError, InvalidDiagram) as error:
            yield {"problem": str(error)}
            return
        yield {"plan": [each[:3] for each in plan], "drawn": _drawn(files)}
        by_the_text = cache(lambda: _by_the_text(open_database, folder, request["around"]))
        for *_, planned in plan[request["skip"] :]:
            yield _told(planned, template, by_the_text) if isinstance(planned, Scenario) else planned
        template.close()


def _by_the_text(open_database: OpenDatabase, folder: Path, around: dict[str, Any]) -> Template | None:
    """With the values that the documents give their parameters; None where there are no others."""
    texts = {entry["key"]: entry["value"] for entry in seeded_parameters()}
    if all(texts.get(key, value) == value for key, value in around["values"].items()):
        return None
    return SQLiteTemplate(open_database, folder, lambda: settle(Surroundings(**around | {"values": {}})))


def _told(scenario: Scenario, template: Template, by_the_text: Callable[[], Template | None]) -> Answer:
    """A scenario says what comes of the values the documents give. One that holds at those and not at the county's has
    passed: a limit set otherwise is no fault of the flow. `differs` then says what comes out here.
    """
    outcome = _played(scenario, template)
    if not outcome["failure"] or (plain := by_the_text()) is None:
        return outcome
    again = _played(scenario, plain)
    return outcome if again["failure"] else again | {"differs": outcome["failure"]["words"]}


def write_files(files: dict[str, bytes], folder: Path) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _plan(folder: Path) -> Iterator[tuple[str, int, str, Scenario | Answer]]:
    """Each scenario with its file, line and name. One that cannot be read has failed, the others are played."""
    for path in sorted(folder.rglob("*.feature")):
        file = _file(path, folder)
        try:
            yield from ((file, scenario.line, scenario.name, scenario) for scenario in read_feature(path))
        except UnreadableFeature as error:
            mistake = error.mistakes[0]
            yield file, mistake.line, path.stem, _unreadable(file, path.stem, mistake)


def _played(scenario: Scenario, template: Template) -> Answer:
    started, failure = time.monotonic(), {}
    with template.fresh(), virtual_clock(BEGIN) as clock:
        world, seen = World(clock, BEGIN), Appearances()
        world.after_each = partial(seen.note, world)
        try:
            play(scenario, world)
        except ScenarioFailed as failed:
            failure = _failure(failed, scenario.flow_folder) | _cause(scenario, world, seen)
        passed, ways = walked(), list(_ways())
    return {
        "file": _file(scenario.path, scenario.flow_folder),
        "line": scenario.line,
        "name": scenario.name,
        "milliseconds": round(1000 * (time.monotonic() - started)),
        "failure": failure,
        "walked": {flow: sorted(elements) for flow, elements in passed.items()},
        "ways": ways,
    }


def _failure(failed: ScenarioFailed, folder: Path) -> dict[str, Any]:
    step = failed.step
    return {
        "file": _file(step.path, folder),
        "line": step.line,
        "step": f"{step.keyword} {step.text}",
        "words": failed.words,
    }


def _cause(scenario: Scenario, world: World, seen: Appearances) -> dict[str, Any]:
    """With files in place of paths."""
    found = cause_of(scenario, world, seen)
    for task in found["standing"]:
        if task["after"]:
            path, line = task["after"]
            task["after"] = [_file(path, scenario.flow_folder), line]
    return found


def _unreadable(file: str, name: str, mistake: Mistake) -> Answer:
    failure = {"file": file, "line": mistake.line, "step": "", "words": mistake.words}
    told = {"file": file, "line": mistake.line, "name": name, "milliseconds": 0, "failure": failure}
    return told | {"walked": {}, "ways": []}


def _ways() -> Iterator[dict[str, Any]]:
    """Where each case of the database at hand came, on each of its drawings."""
    for case in session.scalars(select(Case).order_by(Case.id)).all():
        for drawing in case_file(case.id, anyone()).diagrams:
            if drawing.frames:
                yield {"case": case.case_no or case.flow_name, **asdict(drawing)}


def _file(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _drawn(files: dict[str, bytes]) -> Answer:
    """What there is to be walked: the names of the processes, and by flow [id, process, what it is called]."""
    flows = [parse(key, files) for key in startable(files)]
    return {
        "processes": {id_: name for flow in flows for id_, name in flow.process_names.items()},
        "elements": {
            flow.key: [[each.id, each.process, str(each)] for each in flow.elements.values()] for flow in flows
        },
    }
