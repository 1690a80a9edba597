"""Play many scenarios on every core: in portions of one flow each, a process a core."""

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import groupby
from multiprocessing import get_context

from scenarios.databases import OpenDatabase
from scenarios.features import Scenario
from scenarios.runner import Outcome, run_all

PORTION = 10  # scenarios: few, so that at the end no core waits long for the other


def run_on_all_cores(scenarios: Iterable[Scenario], open_database: OpenDatabase, server: str = "") -> Iterator[Outcome]:
    """As run_all(), in the same order; a single portion is played here."""
    portions = list(_portions(scenarios))
    if len(portions) < 2:
        yield from run_all([scenario for portion in portions for scenario in portion], open_database, server)
        return
    # A new interpreter each: what this one has open, the new ones must not share.
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as workers:
        for outcomes in workers.map(partial(_play, open_database=open_database, server=server), portions):
            yield from outcomes


def _portions(scenarios: Iterable[Scenario]) -> Iterator[Sequence[Scenario]]:
    for _, of_flow in groupby(scenarios, lambda scenario: scenario.flow_folder):
        together = list(of_flow)
        for first in range(0, len(together), PORTION):
            yield together[first : first + PORTION]


def _play(portion: Sequence[Scenario], open_database: OpenDatabase, server: str) -> list[Outcome]:
    return list(run_all(portion, open_database, server))
