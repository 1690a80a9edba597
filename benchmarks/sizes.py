"""How small a state is, and what the engine's small change costs."""

from datetime import timedelta
from pathlib import Path

import engine
from benchmarks.completions import rework
from benchmarks.county import MORNING
from benchmarks.measure import each_microsecond
from benchmarks.options import Options
from benchmarks.persistence import Ours, database
from benchmarks.results import Result
from engine.decisions import parse_decisions
from engine.expressions import evaluate
from operations.house.folders import BPMN, SHARED, read_folder

TASKS = 26


def sizes(options: Options, folder: Path) -> list[Result]:
    """State after 26 user tasks; parsing 湘潭县's flow; a decision table, an expression, a timer's due time."""
    rounds = options.size(200, 2)
    ours, choose = Ours(database(folder)), rework(TASKS)
    ours.start()
    for _ in range(TASKS):
        ours.complete(choose)
    county = read_folder(BPMN / "xt_cannot")
    [light] = parse_decisions("d07_light.dmn", (SHARED / "d07_light.dmn").read_bytes())
    warning = {"remaining": 2, "blue_before": 3, "yellow_before": 1}
    facts = {"amount": 500, "urgent": False}
    due = {"due": lambda key: (MORNING + timedelta(days=5)).isoformat()}
    key, files = max(county.items(), key=lambda flow: len(engine.parse(*flow).elements))
    elements = len(engine.parse(key, files).elements)

    def parse() -> None:
        engine.parse(key, files)

    def decide() -> None:
        light.decide(warning, {})

    def compare() -> None:
        evaluate("amount > 1000 or urgent", facts)

    def call() -> None:
        evaluate('due("handle")', {}, due)

    return [
        Result(f"state after {TASKS} user tasks", ours.size() / 1024, "KB", 2, gate=True),
        Result(f"parse {key}, once a process", each_microsecond(parse, 1) / 1e3, "ms", note=f"{elements} elements"),
        Result("decide by table D-07", each_microsecond(decide, rounds), "µs"),
        Result("evaluate amount > 1000 or urgent", each_microsecond(compare, rounds), "µs"),
        Result('evaluate due("handle")', each_microsecond(call, rounds), "µs"),
    ]
