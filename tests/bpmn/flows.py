"""The flows this checkout carries, read once for all tests of their diagrams."""

from collections.abc import Mapping
from functools import cache

import engine
import handlers
from engine import Definition
from errors import Problem
from operations.acts.cases import BEGINS_WITH
from operations.gate.submissions import LISTS
from operations.house.folders import flow_folders, read_folder
from reference.seeds import read_seed, seeded_parameters

#: The files of every flow that can be started, by key.
FLOWS = {key: files for folder in flow_folders() for key, files in read_folder(folder).items()}


@cache
def definition(key: str) -> Definition:
    return engine.parse(key, FLOWS[key])


def obstacles(key: str, files: Mapping[str, bytes] | None = None) -> list[Problem]:
    """What stands in the way of deploying a flow to a new county, warnings included; `files`: a changed flow."""
    catalogue = handlers.catalogue()
    around = engine.Surroundings(
        handlers={name: info.takes for name, info in catalogue.items()},
        parameters={entry["key"] for entry in seeded_parameters()},
        posts={f"{unit['code']}:{role}" for unit in read_seed("demo_county.json")["units"] for role in unit["posts"]},
        given=BEGINS_WITH,
        lists=LISTS,
        escalating=[name for name, info in catalogue.items() if info.escalates],
    )
    return engine.check(key, files or FLOWS[key], around)
